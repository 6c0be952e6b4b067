import type { BrowserContext, Frame, Page } from "@playwright/test";

import { type Inspector, launchInspector } from "../inspector";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { startRoomServer } from "../room/server";
import type { DemoOptions } from "./options";
import { type Scene, setScene } from "./scene";

export type Demo = {
  readonly scene: Scene;
  /** The tab that the panel inspects. */
  readonly page: Page;
  readonly panel: Frame;
  readonly devtools: Page;
  /** Resolves when the user closes the browser. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
};

const WINDOW = { width: 1360, height: 940 };
const DEVTOOLS_HEIGHT = WINDOW.height / 2;

/** Opens a browser with the scene's first tab on top and the panel below, its other tabs behind. */
export async function startDemo(options: DemoOptions, interrupted: Promise<void>): Promise<Demo> {
  const server = await startRoomServer();
  const scene = setScene(server, options);
  let inspector: Inspector | undefined;

  async function open() {
    inspector = await launchInspector({
      headless: options.headless,
      dock: "bottom",
      window: WINDOW,
      dockedSize: DEVTOOLS_HEIGHT,
    });
    const { context } = inspector;
    if (options.bot) await routeDefaultBundle(context, server);
    const closed = new Promise<void>((resolve) => context.once("close", () => resolve()));
    const blank = context.pages();
    const pages = await openTabs(context, scene);
    await Promise.all(blank.map((each) => each.close()));
    const [page] = pages;
    if (!page) throw new Error("The scene has no tab.");
    await page.bringToFront();
    return { page, closed, ...(await inspector.openPanel(page)) };
  }

  async function stop(): Promise<void> {
    try {
      await inspector?.close();
    } finally {
      await scene.end();
      await server.close();
    }
  }

  try {
    const opened = await Promise.race([open(), interrupted]);
    if (!opened) throw new Error("The demo was stopped before it had started.");
    return { ...opened, scene, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openTabs(context: BrowserContext, { tabs }: Scene): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (const { url } of tabs) {
    const page = await context.newPage();
    await page.goto(url);
    pages.push(page);
  }
  return pages;
}
