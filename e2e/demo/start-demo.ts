import { fileURLToPath } from "node:url";

import type { Frame, Page } from "@playwright/test";

import { type Inspector, launchInspector } from "../inspector";
import { startRoomServer } from "../room/server";
import { startAudience } from "./audience";
import type { DemoOptions } from "./options";

export type Demo = {
  readonly page: Page;
  readonly panel: Frame;
  readonly devtools: Page;
  /** Address for another participant in a second tab. */
  readonly guestUrl: string;
  /** Resolves when the user closes the browser. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
};

const PAGE = fileURLToPath(new URL("page", import.meta.url));
const WINDOW = { width: 1360, height: 940 };
const DEVTOOLS_HEIGHT = WINDOW.height / 2;

/** Opens a browser with the Q&A on top and the panel below, and an audience in the room. */
export async function startDemo({ headless, room }: DemoOptions): Promise<Demo> {
  const server = await startRoomServer();
  server.serve("/demo/", PAGE);
  const audience = room === undefined ? startAudience(server) : undefined;
  let inspector: Inspector | undefined;

  async function stop(): Promise<void> {
    await inspector?.close();
    await audience?.stop();
    await server.close();
  }

  try {
    inspector = await launchInspector({
      headless,
      dock: "bottom",
      window: WINDOW,
      dockedSize: DEVTOOLS_HEIGHT,
    });
    const { context } = inspector;
    const closed = new Promise<void>((resolve) => context.once("close", () => resolve()));
    const blank = context.pages();
    const page = await context.newPage();
    await Promise.all(blank.map((each) => each.close()));
    const query = room === undefined ? "" : `?url=${encodeURIComponent(room)}`;
    await page.goto(`${server.origin}/demo/${query}`);
    const { panel, devtools } = await inspector.openPanel(page);
    const guestUrl = `${server.origin}/demo/${query}${query ? "&" : "?"}host=0&name=Grace`;
    return { page, panel, devtools, guestUrl, closed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
