import { readFileSync } from "node:fs";

import { test as base, type Frame, type Page } from "@playwright/test";

import type { Recording } from "../core/recording/recording";
import { type Inspector, type InspectorOptions, launchInspector } from "./inspector";
import { keepInspector, type KeptInspector } from "./kept-inspector";
import { saveRecording } from "./save-recording";
import { routeDefaultBundle } from "./room/route-default-bundle";
import { type RoomServer, startRoomServer } from "./room/server";

type Fixtures = {
  options: InspectorOptions;
  /** True for tests that leave something behind in a browser or in DevTools that can't be put right. */
  ownBrowser: boolean;
  inspector: Inspector;
  /** Name of a room of this test's own. */
  room: string;
  /** Opens a page with the real daily-js, in a call of this test's room unless `query` says otherwise. */
  openCall: (name: string, query?: string) => Promise<Page>;
};

type WorkerFixtures = {
  server: RoomServer;
  kept: KeptInspectors;
  /** The control in a comparison: the same browser without the extension. */
  plain: Inspector;
};

/** The browsers that are open, by their options. The latest few stay. */
type KeptInspectors = {
  take(options: InspectorOptions): Promise<KeptInspector>;
  discard(options: InspectorOptions): Promise<void>;
};

const MOST_KEPT = 2;

/** Tests with a real browser, the built extension, and a local room. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const server = await startRoomServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  kept: [
    async ({ server }, use) => {
      const open = new Map<string, KeptInspector>();
      const close = async (key: string) => {
        const kept = open.get(key);
        open.delete(key);
        await kept?.inspector.close();
      };
      await use({
        async take(options) {
          const key = JSON.stringify(options);
          const kept = open.get(key) ?? (await keepInspector(options, server));
          open.delete(key);
          open.set(key, kept);
          const [oldest] = open.keys();
          if (oldest !== undefined && open.size > MOST_KEPT) await close(oldest);
          return kept;
        },
        discard: (options) => close(JSON.stringify(options)),
      });
      for (const key of open.keys()) await close(key);
    },
    { scope: "worker" },
  ],
  plain: [
    async ({ server }, use) => {
      const plain = await launchInspector({ withExtension: false });
      await routeDefaultBundle(plain.context, server);
      await use(plain);
      await plain.close();
    },
    { scope: "worker" },
  ],
  options: [{}, { option: true }],
  ownBrowser: [false, { option: true }],
  inspector: async ({ options, ownBrowser, kept, server }, use, testInfo) => {
    if (ownBrowser) {
      const inspector = await launchInspector(options);
      await routeDefaultBundle(inspector.context, server);
      await use(inspector);
      await inspector.close();
      return;
    }
    const { inspector, renew } = await kept.take(options);
    await use(inspector);
    // What a failed test left behind is unknown.
    const isGood = testInfo.status === testInfo.expectedStatus;
    const isRenewed =
      isGood &&
      (await renew().then(
        () => true,
        () => false,
      ));
    if (!isRenewed) await kept.discard(options);
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  room: async ({}, use, { testId }) => use(`room-${testId}`),
  openCall: async ({ inspector, server, room }, use) => {
    await use(async (name, query = "autojoin=1") => {
      const page = await inspector.newPage();
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
