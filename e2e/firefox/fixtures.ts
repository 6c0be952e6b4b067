/** Tests in a real Firefox with the built extension, its own toolbox, and a local room. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { test as base } from "@playwright/test";

import { type RoomServer, startRoomServer } from "../room/server";
import { type Firefox, launchFirefox, type Tab } from "./firefox";

export const BUILD = fileURLToPath(new URL("../../dist/firefox", import.meta.url));

type Fixtures = {
  /** Name of a room of this test's own. */
  room: string;
  firefox: Firefox;
  /** Opens a page in a call of this test's room. */
  openCall: (name: string) => Promise<Tab>;
  /** Whether the build reads the browser's own ids of documents, which Firefox has since 153. */
  hasDocumentIds: boolean;
  /** True for tests that change the build, which are given a copy of their own. */
  ownBuild: boolean;
  /** The folder of the build. */
  build: string;
};

export const test = base.extend<Fixtures, { server: RoomServer }>({
  hasDocumentIds: [true, { option: true }],
  ownBuild: [false, { option: true }],
  build: async ({ hasDocumentIds, ownBuild }, use) => {
    if (hasDocumentIds && !ownBuild) return use(BUILD);
    const copy = mkdtempSync(join(tmpdir(), "build-"));
    cpSync(BUILD, copy, { recursive: true });
    if (!hasDocumentIds) withoutDocumentIds(copy);
    await use(copy);
    rmSync(copy, { recursive: true });
  },
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
  firefox: async ({ build }, use) => {
    const firefox = await launchFirefox(build, { "extensions.background.idle.timeout": 3_000 });
    await use(firefox);
    await firefox.close();
  },
  openCall: async ({ firefox, server, room }, use) => {
    await use(async (name) => {
      const url = `${server.origin}/pages/call.html?override=1&room=${room}&name=${name}&autojoin=1`;
      const tab = await firefox.openTab(url);
      await tab.joined();
      return tab;
    });
  },
});

/** Makes a build read the browser's ids of documents no more. */
function withoutDocumentIds(build: string): void {
  let patched = 0;
  for (const name of readdirSync(build, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".js")) continue;
    const text = readFileSync(join(build, name), "utf8");
    // `{documentId: a, frameId: b, tab: c, url: d} = sender`, in whatever way it is minified.
    const without = text.replace(
      /\bdocumentId:(\w+),frameId:(\w+),tab:/g,
      "noDocumentId:$1,frameId:$2,tab:",
    );
    if (without !== text) patched++;
    writeFileSync(join(build, name), without);
  }
  if (patched === 0)
    throw new Error("The build reads documentId in a way that this test doesn't know.");
}
