import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";

import { takePicture } from "../demo/picture";

/** A place in the window, in CSS pixels. */
type Place = { readonly x: number; readonly y: number };
/** A PNG, and how long it shows. */
export type FilmFrame = { readonly picture: Buffer; readonly ms: number };
/** A PNG as wide as the window, and its height in its pixels. */
export type Strip = { readonly picture: Buffer; readonly height: number };

export type Camera = {
  /** Draws this strip below the window from now on. */
  caption(strip: Strip): void;
  /** Shows the window as it is for this time, in ms. */
  hold(ms: number): Promise<void>;
  /** Moves the pointer to the middle of something, or to this part of its width, and clicks there. */
  click(target: Locator, options?: { at?: number; clicks?: number }): Promise<void>;
  /** Types into what has the focus in one of the two, some letters a frame. */
  type(where: Page, text: string): Promise<void>;
  frames(): readonly FilmFrame[];
};

const POINTER = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="36" viewBox="0 0 20 24">
    <path d="M3 2v17l4.5-4 3 7 3-1.3-3-6.7H17z" fill="#111" stroke="#fff" stroke-width="1.6" stroke-linejoin="round"/></svg>`,
);
/** Where its tip is, in pixels of the drawing. */
const TIP = { x: 4, y: 3 };
const RING = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><circle cx="30" cy="30" r="24" fill="#0b57d033" stroke="#0b57d0" stroke-width="3"/></svg>`,
);
const RING_CENTRE = { x: 30, y: 30 };

const STEP_MS = 40;
const STEPS = 9;
const CLICK_MS = 160;
const LETTERS_PER_FRAME = 3;
const TYPE_MS = 90;

type Scenery = {
  readonly page: Page;
  readonly devtools: Page;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  readonly firstStrip: Strip;
};

/**
 * Films a page and the DevTools docked below it, picture by picture: time passes in the film only while something is
 * shown, however long the browser takes. A picture of a window has no pointer, so one is drawn.
 */
export function createCamera({ page, devtools, scale, firstStrip }: Scenery): Camera {
  const frames: FilmFrame[] = [];
  let pointer: Place = { x: 560, y: 160 };
  let strip = firstStrip;
  let last: Buffer | undefined;

  /** A frame: the window, the pointer on it and the strip below it. */
  async function show(window: Buffer, ms: number, isPressed = false): Promise<void> {
    const centred = (by: Place) => ({
      left: Math.round(pointer.x * scale - by.x),
      top: Math.round(pointer.y * scale - by.y),
    });
    const picture = await sharp(window)
      .extend({ bottom: strip.height })
      .composite([
        ...(isPressed ? [{ input: RING, ...centred(RING_CENTRE) }] : []),
        { input: POINTER, ...centred(TIP) },
        { input: strip.picture, gravity: "south" },
      ])
      .removeAlpha()
      .png({ compressionLevel: 1 })
      .toBuffer();
    frames.push({ picture, ms });
  }

  const look = async () => (last = await takePicture(page, devtools));

  async function moveTo(place: Place): Promise<void> {
    const from = pointer;
    const window = last ?? (await look());
    for (let step = 1; step <= STEPS; step++) {
      // Slow at both ends.
      const part = (1 - Math.cos((Math.PI * step) / STEPS)) / 2;
      pointer = {
        x: from.x + (place.x - from.x) * part,
        y: from.y + (place.y - from.y) * part,
      };
      await show(window, STEP_MS);
    }
  }

  return {
    caption: (next) => void (strip = next),
    async hold(ms) {
      await show(await look(), ms);
    },
    async click(target, { at = 0.5, clicks = 1 } = {}) {
      const box = await target.boundingBox();
      if (!box) throw new Error(`Not in sight: ${String(target)}`);
      await moveTo({ x: box.x + box.width * at, y: box.y + box.height / 2 });
      await show(last ?? (await look()), CLICK_MS, true);
      await target.click({
        position: { x: box.width * at, y: box.height / 2 },
        clickCount: clicks,
      });
    },
    async type(where, text) {
      for (let from = 0; from < text.length; from += LETTERS_PER_FRAME) {
        await where.keyboard.insertText(text.slice(from, from + LETTERS_PER_FRAME));
        await show(await look(), TYPE_MS);
      }
    },
    frames: () => frames,
  };
}
