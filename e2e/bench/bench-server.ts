import { fileURLToPath } from "node:url";

import type { BrowserContext, Page } from "@playwright/test";

import { type RoomServer, startRoomServer } from "../room/server";

const PAGES = fileURLToPath(new URL("page", import.meta.url));

/** A room server with the pages of the benchmarks below `/bench/`. */
export async function startBenchServer(): Promise<RoomServer> {
  const server = await startRoomServer();
  server.serve("/bench/", PAGES);
  return server;
}

/** The address of a page with a call of that room. */
export const benchCallUrl = (server: RoomServer, room: string): string =>
  `${server.origin}/bench/call.html?room=${room}`;

/** Opens such a page and joins. */
export async function openBenchCall(
  context: BrowserContext,
  server: RoomServer,
  room: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(benchCallUrl(server, room));
  await page.waitForFunction(() => window.call?.meetingState() === "joined-meeting");
  return page;
}
