import { readFileSync } from "node:fs";

import { type Browser, chromium } from "@playwright/test";
import sharp from "sharp";

import { ensureBrowser } from "../browser";
import { CAPTIONS, type ShotName, TAGLINE } from "./captions";

/** A picture of a listing, in pixels. */
type Size = { readonly width: number; readonly height: number };

const SCREENSHOT: Size = { width: 1280, height: 800 };
const SMALL_TILE: Size = { width: 440, height: 280 };
const LARGE_TILE: Size = { width: 1400, height: 560 };

const ICON = `data:image/svg+xml;base64,${readFileSync(new URL("../../icons/icon.svg", import.meta.url)).toString("base64")}`;
const dataUrl = (png: Buffer) => `data:image/png;base64,${png.toString("base64")}`;

/** The colours of the icon. */
const STYLE = `
  * { box-sizing: border-box; margin: 0; }
  body { height: 100vh; overflow: hidden; position: relative; color: #fff;
    background: linear-gradient(160deg, #16457f, #0b2547); font-family: system-ui, sans-serif; }
  h1 { font-weight: 700; letter-spacing: -0.01em; }
  p { color: #b9d9ff; }
  .icon { filter: drop-shadow(0 0 1.5px #8ec5ff); }
  .window { position: absolute; border-radius: 10px; box-shadow: 0 14px 44px #020a1699; }`;

/** Draws pages as pictures, in a browser of its own. */
export async function withComposer<T>(act: (composer: Composer) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: ensureBrowser() });
  try {
    return await act(createComposer(browser));
  } finally {
    await browser.close();
  }
}

export type Composer = {
  /** A screenshot with what it tells above it. */
  screenshot(name: ShotName, shot: Buffer): Promise<Buffer>;
  /** Icon and name alone. */
  smallTile(): Promise<Buffer>;
  /** Icon and name beside the panel. */
  largeTile(shot: Buffer): Promise<Buffer>;
  /** A line of text as wide as a film. */
  strip(text: string, size: Size): Promise<Buffer>;
};

function createComposer(browser: Browser): Composer {
  /** As the stores want it: 24 bits, no alpha. */
  async function draw(body: string, style: string, size: Size): Promise<Buffer> {
    const page = await browser.newPage({ viewport: size });
    await page.setContent(`<style>${STYLE}${style}</style>${body}`);
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
    const png = await page.screenshot();
    await page.close();
    return sharp(png).removeAlpha().png({ compressionLevel: 9 }).toBuffer();
  }

  return {
    screenshot(name, shot) {
      const { title, text } = CAPTIONS[name];
      return draw(
        `<header><img class="icon" src="${ICON}" /><div><h1>${title}</h1><p>${text}</p></div></header>
        <img class="window" src="${dataUrl(shot)}" />`,
        `header { display: flex; align-items: center; gap: 20px; height: 132px; padding: 4px 37px 0; }
        .icon { width: 72px; } h1 { font-size: 34px; } p { margin-top: 8px; font-size: 19px; }
        .window { left: 37px; top: 132px; }`,
        SCREENSHOT,
      );
    },
    smallTile: () =>
      draw(
        `<main><img class="icon" src="${ICON}" /><h1>Inspector for Daily</h1><p>${TAGLINE}</p></main>`,
        `main { display: grid; place-content: center; justify-items: center; height: 100%; text-align: center; }
        .icon { width: 84px; } h1 { margin-top: 16px; font-size: 34px; }
        p { width: 340px; margin-top: 10px; font-size: 17px; line-height: 1.35; }`,
        SMALL_TILE,
      ),
    largeTile: (shot) =>
      draw(
        `<main><img class="icon" src="${ICON}" /><h1>Inspector<br />for Daily</h1><p>${TAGLINE}</p></main>
        <img class="window" src="${dataUrl(shot)}" />`,
        `main { display: grid; align-content: center; height: 100%; padding-left: 64px; width: 440px; }
        .icon { width: 104px; } h1 { margin-top: 24px; font-size: 52px; line-height: 1.08; }
        p { margin-top: 20px; font-size: 21px; line-height: 1.4; }
        .window { left: 500px; top: 60px; }`,
        LARGE_TILE,
      ),
    strip: (text, size) =>
      draw(
        `<main>${text}</main>`,
        `main { display: grid; place-content: center; height: 100%; font-size: ${size.height * 0.42}px; }`,
        size,
      ),
  };
}
