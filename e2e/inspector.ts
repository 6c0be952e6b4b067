/**
 * A real Chromium with the built extension, and its panel in the real DevTools window. Playwright shows a DevTools
 * window as a page, whose frames include the panel, when this variable is set.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
} from "@playwright/test";

import { ensureBrowser } from "./browser";

process.env["PW_CHROMIUM_ATTACH_TO_OTHER"] = "1";

export const EXTENSION = fileURLToPath(new URL("../dist/chrome", import.meta.url));
const PANEL_TITLE = "Daily";
const DEVTOOLS_PAGE = /^(chrome-extension:\/\/[a-z]+)\/extension\/devtools\.html$/;

export type InspectorOptions = {
  readonly headless?: boolean;
  /** Where DevTools sits. Undocked it is as large as the window. */
  readonly dock?: "undocked" | "bottom" | "right";
  readonly theme?: "default" | "dark";
  /** Window size in CSS pixels. */
  readonly window?: { width: number; height: number };
  /** Size of the docked DevTools in CSS pixels: its width at the right, its height at the bottom. */
  readonly dockedSize?: number;
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
  /** False for the control in a comparison: the same browser without the extension. */
  readonly withExtension?: boolean;
  /** Directory of another build than `dist/chrome`. */
  readonly extension?: string;
  /** True to let pages go into the back/forward cache, which Playwright switches off. */
  readonly bfcache?: boolean;
  /** True to let others drive the browser, too: see `debuggingUrl`. */
  readonly remoteDebugging?: boolean;
  /** Features of Chromium to switch on. */
  readonly features?: string;
};

export type Inspector = {
  readonly context: BrowserContext;
  /** Opens a tab. */
  newPage(): Promise<Page>;
  /** Opens DevTools for a page, selects the panel, and returns its frame and the DevTools window. */
  openPanel(page: Page): Promise<OpenPanel>;
  /** Where others connect to drive the browser, if it was launched for that: `http://127.0.0.1:41234`. */
  debuggingUrl(): string;
  close(): Promise<void>;
};

export type OpenPanel = { readonly panel: Frame; readonly devtools: Page };

export async function launchInspector(options: InspectorOptions = {}): Promise<Inspector> {
  const { headless = true, withExtension = true, extension = EXTENSION, bfcache = false } = options;
  const { remoteDebugging = false, features } = options;
  const { width, height } = options.window ?? { width: 1280, height: 800 };
  const profile = mkdtempSync(join(tmpdir(), "inspector-for-daily-"));
  writePreferences(profile, options);

  // A browser that its user closed may write to its profile for a moment more.
  const removeProfile = () =>
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureBrowser(),
      headless: false,
      viewport: null,
      acceptDownloads: true,
      // Whoever launched it closes it, and the profile goes with it.
      handleSIGINT: false,
      handleSIGTERM: false,
      ignoreDefaultArgs: [
        "--disable-extensions",
        ...(bfcache ? ["--disable-back-forward-cache"] : []),
      ],
      args: [
        ...(headless ? ["--headless=new"] : []),
        ...(process.getuid?.() === 0 || process.env["CI"] ? ["--no-sandbox"] : []),
        ...(withExtension
          ? [`--load-extension=${extension}`, `--disable-extensions-except=${extension}`]
          : []),
        ...(features === undefined ? [] : [`--enable-features=${features}`]),
        ...(remoteDebugging ? ["--remote-debugging-port=0"] : []),
        `--window-size=${width},${height}`,
        ...(options.scale ? [`--force-device-scale-factor=${options.scale}`] : []),
      ],
    });
    return {
      context,
      newPage: () => context.newPage(),
      openPanel: (page) => openPanel(context, page),
      debuggingUrl() {
        const [port] = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n");
        return `http://127.0.0.1:${port}`;
      },
      async close() {
        await context.close();
        removeProfile();
      },
    };
  } catch (error) {
    removeProfile();
    throw error;
  }
}

function writePreferences(profile: string, options: InspectorOptions): void {
  const { dock = "undocked", theme = "default", dockedSize = 400 } = options;
  // DevTools keeps every value as JSON text.
  const split = { vertical: { size: dockedSize }, horizontal: { size: dockedSize } };
  const devtools = {
    preferences: {
      currentDockState: JSON.stringify(dock),
      "inspector-view.split-view-state": JSON.stringify(split),
    },
    synced_preferences_sync_disabled: { "ui-theme": JSON.stringify(theme) },
  };
  mkdirSync(join(profile, "Default"), { recursive: true });
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify({ devtools }));
}

/** Has the browser open a DevTools window for a page. It shows up among the pages of the context. */
export async function requestDevtools(context: BrowserContext, page: Page): Promise<void> {
  const target = await context.newCDPSession(page);
  const { targetInfo } = await target.send("Target.getTargetInfo");
  const browser = await (context.browser() as Browser).newBrowserCDPSession();
  // Newer than Playwright's list of methods.
  await browser.send("Target.openDevTools" as "Target.activateTarget", {
    targetId: targetInfo.targetId,
  });
  await Promise.all([target.detach(), browser.detach()]);
}

async function openPanel(context: BrowserContext, page: Page): Promise<OpenPanel> {
  await requestDevtools(context, page);
  const { devtools, extensionOrigin } = await devtoolsOf(context, page);
  const isPanel = (frame: Frame) => frame.url().startsWith(`${extensionOrigin}/panel/`);
  await until(async () => {
    if (devtools.frames().some(isPanel)) return true;
    // Asked each time: while DevTools starts, the view manager may still be replaced.
    await selectPanel(devtools, extensionOrigin);
    return false;
  }, "the panel in the DevTools window");
  const panel = devtools.frames().find(isPanel) as Frame;
  await untilUsable({ panel, devtools });
  return { panel, devtools };
}

/** Has a DevTools window show the panel again, as a user does who has looked at Sources. */
export async function returnToPanel({ panel, devtools }: OpenPanel): Promise<void> {
  await devtools.getByRole("tab", { name: PANEL_TITLE, exact: true }).click();
  await untilUsable({ panel, devtools });
}

/**
 * Waits until the panel is there for the pointer. For some frames after DevTools has shown it, the browser still
 * passes what happens in that place to the DevTools window, and a click is lost.
 */
export async function untilUsable({ panel, devtools }: OpenPanel): Promise<void> {
  const toolbar = panel.locator(".toolbar");
  await until(async () => {
    await devtools.mouse.move(0, 0);
    await toolbar.hover();
    return toolbar.evaluate((element) => element.matches(":hover"));
  }, "the panel to follow the pointer");
  await devtools.mouse.move(0, 0);
}

/** Has a DevTools window show the panel, instead of Sources for example. */
export async function selectPanel(devtools: Page, extensionOrigin: string): Promise<void> {
  await devtools.evaluate(
    async ([origin, title]) => {
      const path = "./ui/legacy/legacy.js";
      const legacy = (await import(path)) as {
        ViewManager: { ViewManager: { instance(): { showView(id: string): Promise<void> } } };
      };
      await legacy.ViewManager.ViewManager.instance().showView(`${origin}${title}`);
    },
    [extensionOrigin, PANEL_TITLE] as const,
  );
}

/** The DevTools windows of a browser, each with its frame of the extension. */
export function devtoolsWindows(
  context: BrowserContext,
): { devtools: Page; frame: Frame; extensionOrigin: string }[] {
  return context.pages().flatMap((devtools) => {
    if (!devtools.url().startsWith("devtools://")) return [];
    const frame = devtools.frames().find((each) => DEVTOOLS_PAGE.test(each.url()));
    const extensionOrigin = frame && DEVTOOLS_PAGE.exec(frame.url())?.[1];
    return frame && extensionOrigin ? [{ devtools, frame, extensionOrigin }] : [];
  });
}

/** The DevTools window that inspects a page: its devtools page sees a mark that was left in the page. */
async function devtoolsOf(
  context: BrowserContext,
  page: Page,
): Promise<{ devtools: Page; extensionOrigin: string }> {
  const mark = `mark-${Math.random()}`;
  await page.evaluate((value) => void Reflect.set(globalThis, "__devtoolsMark", value), mark);
  let found: { devtools: Page; extensionOrigin: string } | undefined;
  await until(async () => {
    for (const { devtools, frame, extensionOrigin } of devtoolsWindows(context)) {
      if ((await inspectedMark(frame)) === mark) {
        found = { devtools, extensionOrigin };
        return true;
      }
    }
    return false;
  }, "the DevTools window of the page");
  await page.evaluate(() => void Reflect.deleteProperty(globalThis, "__devtoolsMark"));
  return found as NonNullable<typeof found>;
}

async function inspectedMark(frame: Frame): Promise<unknown> {
  try {
    return await frame.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          chrome.devtools.inspectedWindow.eval("globalThis.__devtoolsMark", (...[result]) =>
            resolve(result),
          );
        }),
    );
  } catch {
    return undefined; // Still loading.
  }
}

/** Waits until a condition holds. What it throws counts as not yet, until the time is over. */
export async function until(
  condition: () => Promise<boolean>,
  what: string,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      if (await condition()) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
