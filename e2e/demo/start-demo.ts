import { fileURLToPath } from "node:url";

import type { Frame, Page } from "@playwright/test";

import { type Inspector, launchInspector } from "../inspector";
import { startRoomServer } from "../room/server";
import { startAudience } from "./audience";
import type { DemoOptions } from "./options";

export type Demo = {
  /** The host's tab, which the panel inspects. */
  readonly page: Page;
  /** The tab of a guest on autopilot, in the same room. */
  readonly guest: Page;
  readonly panel: Frame;
  readonly devtools: Page;
  /** Address for another participant in one more tab. */
  readonly guestUrl: string;
  /** Resolves when the user closes the browser. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
};

const PAGE = fileURLToPath(new URL("page", import.meta.url));
const WINDOW = { width: 1360, height: 940 };
const DEVTOOLS_HEIGHT = WINDOW.height / 2;

/** Opens a browser with the Q&A on top and the panel below, a guest's tab behind, and an audience in the room. */
export async function startDemo(
  { headless, room }: DemoOptions,
  interrupted: Promise<void>,
): Promise<Demo> {
  const server = await startRoomServer();
  server.serve("/demo/", PAGE);
  const audience = room === undefined ? startAudience(server) : undefined;
  const query = room === undefined ? "" : `url=${encodeURIComponent(room)}&`;
  const urlOf = (person: string) => `${server.origin}/demo/?${query}${person}`;
  let inspector: Inspector | undefined;

  async function open() {
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
    await page.goto(urlOf("name=Ada"));
    const guest = await context.newPage();
    await guest.goto(urlOf("name=Bob&host=0&auto=1"));
    await page.bringToFront();
    return { page, guest, closed, ...(await inspector.openPanel(page)) };
  }

  async function stop(): Promise<void> {
    try {
      await inspector?.close();
    } finally {
      await audience?.stop();
      await server.close();
    }
  }

  try {
    const opened = await Promise.race([open(), interrupted]);
    if (!opened) throw new Error("The demo was stopped before it had started.");
    return { ...opened, guestUrl: urlOf("name=Grace&host=0"), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
