import { readFileSync } from "node:fs";

import { test as base, type Frame, type Page } from "@playwright/test";

import type { Recording } from "../core/recording/recording";
import { type Inspector, type InspectorOptions, launchInspector } from "./inspector";
import { saveRecording } from "./save-recording";
import { routeDefaultBundle } from "./room/route-default-bundle";
import { type RoomServer, startRoomServer } from "./room/server";

type Fixtures = {
  options: InspectorOptions;
  inspector: Inspector;
  /** Name of a room of this test's own. */
  room: string;
  /** Opens a page with the real daily-js, in a call of this test's room unless `query` says otherwise. */
  openCall: (name: string, query?: string) => Promise<Page>;
};

/** Tests with a real browser, the built extension, and a local room. */
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
  options: [{}, { option: true }],
  inspector: async ({ options, server }, use) => {
    const inspector = await launchInspector(options);
    await routeDefaultBundle(inspector.context, server);
    await use(inspector);
    await inspector.close();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  room: async ({}, use, { testId }) => use(`room-${testId}`),
  openCall: async ({ inspector, server, room }, use) => {
    await use(async (name, query = "autojoin=1") => {
      const page = await inspector.context.newPage();
      await page.goto(`${server.origin}/pages/call.html?room=${room}&name=${name}&${query}`);
      if (query.includes("autojoin")) await joined(page);
      return page;
    });
  },
});

export { expect } from "@playwright/test";

/** Waits until the call of a page or frame has joined. */
export async function joined(page: Page | Frame): Promise<void> {
  await page.waitForFunction(() => window.call?.meetingState() === "joined-meeting");
}

/** A row of the table that holds all these texts. */
export function row(panel: Frame, ...texts: string[]) {
  return texts.reduce(
    (rows, hasText) => rows.filter({ hasText }),
    panel.locator(".traffic__rows .row"),
  );
}

/** What the Export button saves: everything, or one of its other choices. */
export async function exportRecording(
  panel: Frame,
  devtools: Page,
  choice: string | RegExp = "All events",
): Promise<Recording> {
  const path = await saveRecording(panel, devtools, choice);
  return JSON.parse(readFileSync(path, "utf8")) as Recording;
}
