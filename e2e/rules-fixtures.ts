import type { Frame, Page } from "@playwright/test";

import { expect, joined, row, test as base } from "./fixtures";
import type { Room } from "./room/room";
import type { ScriptedParticipant } from "./room/scripted-participant";
import type { JoinRequest } from "./room/wire";

type Scene = {
  readonly page: Page;
  readonly panel: Frame;
  readonly room: Room;
  /** Joins the page's call. */
  readonly join: () => Promise<void>;
  /** Has somebody join without a browser, and waits until the page knows. */
  readonly enter: (request: JoinRequest) => Promise<ScriptedParticipant>;
};

/** Tests of single rules: a page with a call that listens to nothing, the panel beside it, and a room of their own. */
export const test = base.extend<{ scene: Scene }>({
  scene: async ({ inspector, server, room: name }, use) => {
    const page = await inspector.newPage();
    await page.goto(`${server.origin}/pages/sins.html?silent=1&room=${name}`);
    const { panel } = await inspector.openPanel(page);
    const room = server.room(name);
    await use({
      page,
      panel,
      room,
      async join() {
        await page.evaluate(() => void window.call.join());
        await joined(page);
      },
      async enter(request) {
        const somebody = room.join(request);
        await expect(row(panel, request.userName ?? "", "joined")).toBeVisible();
        return somebody;
      },
    });
  },
});

export { expect, row } from "./fixtures";
