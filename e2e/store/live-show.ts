import { fileURLToPath } from "node:url";

import { expect as impatiently, type Page } from "@playwright/test";

import { QUESTIONS } from "../demo/script-lines";
import { createServerNotice } from "../demo/server-notice";
import type { Presence } from "../demo/page/protocol";
import { joined } from "../fixtures";
import {
  type Inspector,
  type InspectorOptions,
  launchInspector,
  type OpenPanel,
} from "../inspector";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { startRoomServer } from "../room/server";

/** The Q&A of the demo, step by step instead of by itself, so that each picture shows the same. */
export type LiveShow = OpenPanel & {
  /** The host's tab, which the panel inspects. */
  readonly ada: Page;
  /** A guest's tab. */
  readonly bob: Page;
  close(): Promise<void>;
};

/** As in the tests, which have their own setting: a busy machine takes longer than five seconds. */
export const expect = impatiently.configure({ timeout: 20_000 });

const ROOM = "qa";
const GUESTS = ["Chen", "Dana", "Emre", "Fatima", "Kofi"] as const;

const DOWN: Presence = { role: "guest", hand: "down" };
const raised = (): Presence => ({ role: "guest", hand: "up", since: Date.now() });

/**
 * Opens the host's tab with the panel, Bob's, and Grace's, whose page forgot to listen. Two guests have had their turn
 * when this resolves.
 */
export async function startLiveShow(options: InspectorOptions): Promise<LiveShow> {
  const server = await startRoomServer();
  let inspector: Inspector | undefined;
  const notice = createServerNotice(server.origin, ROOM);
  async function close(): Promise<void> {
    await inspector?.close();
    await notice.stop();
    await server.close();
  }

  try {
    server.serve("/demo/", fileURLToPath(new URL("../demo/page", import.meta.url)));
    const room = server.room(ROOM);
    const [chen, dana, emre, fatima, kofi] = GUESTS.map((userName) =>
      room.join({ userName, userData: DOWN }),
    );
    inspector = await launchInspector(options);
    const { context } = inspector;
    await routeDefaultBundle(context, server);
    const bob = await inspector.newPage();
    await bob.goto(`${server.origin}/demo/?name=Bob&host=0`);
    await joined(bob);
    const grace = await inspector.newPage();
    await grace.goto(`${server.origin}/pages/sins.html?room=${ROOM}&name=Grace&silent=1`);
    await grace.evaluate(() => void window.call.join());
    await joined(grace);
    const ada = await inspector.newPage();
    await ada.goto(`${server.origin}/demo/?name=Ada&auto=0`);
    await joined(ada);
    const { panel, devtools } = await inspector.openPanel(ada);
    await ada.bringToFront();
    await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 2");

    const bring = async (name: string) => {
      await ada.getByRole("button", { name: `Bring ${name} on stage` }).click();
      await expect(ada.locator("#stage-name")).toHaveText(name);
      // The cue goes out with that.
      await expect(
        panel.locator(".traffic__rows .row", { hasText: "unmute" }).last(),
      ).toBeVisible();
    };
    const adaId = await ada.evaluate(() => window.call.participants().local.session_id);

    kofi?.setUserData(raised());
    dana?.sendAppMessage({ kind: "question", text: QUESTIONS[0] });
    await bring("Kofi");
    kofi?.setUserData(DOWN);
    kofi?.sendAppMessage({ kind: "cue-answer", action: "unmuted" }, adaId);
    notice.send({ kind: "notice", text: "Slides are in the event page." });
    await expect(ada.getByText("Slides are in the event page.")).toBeVisible();
    await bob.getByRole("button", { name: "Raise hand" }).click();
    await bring("Bob");
    await bob.getByRole("button", { name: "Unmute" }).click();
    await expect(ada.getByText("Microphone on")).toBeVisible();
    room.join({ userName: "Gina", userData: DOWN });
    fatima?.setUserData(raised());
    await expect(ada.getByRole("button", { name: "Bring Fatima on stage" })).toBeVisible();
    emre?.setUserData(raised());
    await expect(ada.getByRole("button", { name: "Bring Emre on stage" })).toBeVisible();
    chen?.sendAppMessage({ kind: "question", text: QUESTIONS[6] });
    await expect(ada.getByText(QUESTIONS[6] ?? "")).toBeVisible();
    dana?.leave();
    await expect(ada.getByText("Dana left.")).toBeVisible();
    return { ada, bob, panel, devtools, close };
  } catch (error) {
    await close();
    throw error;
  }
}
