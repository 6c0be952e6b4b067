import { expect, test as base } from "@playwright/test";
import type { Page } from "@playwright/test";

import { findBrowser } from "../browser";
import type { Room } from "./room";
import { routeDefaultBundle } from "./route-default-bundle";
import { startRoomServer } from "./server";
import type { RoomServer } from "./server";

type CallOptions = { name?: string; daily?: string };

type Fixtures = {
  /** A server with short delays, for one test. */
  server: RoomServer;
  /** The room that `openCall` joins. */
  room: Room;
  /** Opens a tab, joins the room with it, and waits until it has. */
  openCall: (options?: CallOptions) => Promise<Page>;
};

const executablePath = findBrowser();

/** Tests of the local room alone: a plain browser, without the extension. */
export const test = base.extend<Fixtures>({
  launchOptions: [
    {
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
      ...(executablePath !== undefined && { executablePath }),
    },
    { scope: "worker" },
  ],

  server: async ({ context }, use) => {
    const server = await startRoomServer({ userDataDelayMs: 20, sessionDataWindowMs: 60 });
    const outside: string[] = [];
    context.on("request", (request) => {
      const { hostname, href } = new URL(request.url());
      if (!["127.0.0.1", "localhost", "c.daily.co"].includes(hostname)) outside.push(href);
    });
    await routeDefaultBundle(context, server);
    await use(server);
    await server.close();
    expect(outside, "requests that left this machine").toEqual([]);
  },

  room: async ({ server }, use) => {
    await use(server.room("qa"));
  },

  openCall: async ({ server, context }, use) => {
    await use(async ({ name = "Ada", daily = "daily.js" } = {}) => {
      const page = await context.newPage();
      const query = new URLSearchParams({ daily, name, room: "qa", autojoin: "1" });
      await page.goto(`${server.origin}/pages/call.html?${query.toString()}`);
      await page.waitForFunction(() => window.call?.meetingState() === "joined-meeting");
      return page;
    });
  },
});
