import { type RoomServer, startRoomServer } from "../room/server";
import { routeDefaultBundle } from "../room/route-default-bundle";
import type { BrowserContext, Page } from "@playwright/test";
import { test as base } from "inspector-for-daily/playwright";

import { ensureBrowser } from "../browser";
import { joined } from "../fixtures";

type Fixtures = {
  /** Name of a room of this test's own. */
  room: string;
  /** Opens a page with the real daily-js in a call of the room, without the extension. */
  openCall: (name: string, query?: string, context?: BrowserContext) => Promise<Page>;
};

/** Tests as a user of the package writes them, with the local room in place of Daily. */
export const test = base.extend<Fixtures, { server: RoomServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const server = await startRoomServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  // oxlint-disable-next-line no-empty-pattern -- as above
  room: async ({}, use, { testId }) => use(`room-${testId}`),
  openCall: async ({ context: own, server, room }, use) => {
    await use(async (name, query = "autojoin=1", context = own) => {
      await routeDefaultBundle(context, server);
      const page = await context.newPage();
      await page.goto(`${server.origin}/pages/call.html?room=${room}&name=${name}&${query}`);
      if (query.includes("autojoin")) await joined(page);
      return page;
    });
  },
});

/** How the browser of this machine is started. */
export const LAUNCH = {
  launchOptions: {
    executablePath: ensureBrowser(),
    args: process.getuid?.() === 0 || process.env["CI"] ? ["--no-sandbox"] : [],
  },
};
export { expect } from "inspector-for-daily/playwright";
