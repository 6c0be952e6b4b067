import { fileURLToPath } from "node:url";

import type { BrowserContext, Page } from "@playwright/test";

import { routeDefaultBundle } from "../room/route-default-bundle";
import { type RoomServer, startRoomServer } from "../room/server";

const PAGES = fileURLToPath(new URL("page", import.meta.url));

/** A room server with the pages of the benchmarks below `/bench/`. */
export async function startBenchServer(): Promise<RoomServer> {
  const server = await startRoomServer();
  server.serve("/bench/", PAGES);
  return server;
}

/** Opens a page that is in a call of that room. */
export async function openBenchCall(
  context: BrowserContext,
  server: RoomServer,
  room: string,
): Promise<Page> {
  await routeDefaultBundle(context, server);
  const page = await context.newPage();
  await page.goto(`${server.origin}/bench/call.html?room=${room}`);
  await page.waitForFunction(() => window.call?.meetingState() === "joined-meeting");
  return page;
}
