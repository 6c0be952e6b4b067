import { expect, type Frame, type Page } from "@playwright/test";

import { joined, row } from "./fixtures";
import type { ScriptedParticipant } from "./room/scripted-participant";
import type { RoomServer } from "./room/server";

/** Has the page of wrong-doing do one thing. */
const sin = (page: Page, name: string): Promise<void> =>
  page.evaluate((which) => window.sins[which]?.(), name);

/** Lives a call in which most goes wrong that can. */
export async function sinAll(
  page: Page,
  panel: Frame,
  server: RoomServer,
  room: string,
): Promise<ScriptedParticipant> {
  await sin(page, "sendBeforeJoin");
  await page.evaluate(() => void window.call.join());
  await joined(page);
  await sin(page, "sendToEmptyRoom");
  const bob = server.room(room).join({ userName: "Bob" });
  await expect(row(panel, "Bob", "joined")).toBeVisible();
  for (const each of ["sendTooMuch", "sendToNobody", "sendToken", "setUp"]) await sin(page, each);
  bob.sendAppMessage({ type: "crash" });
  await expect(row(panel, "Room", `topic: "Tea"`)).toBeVisible();
  await sin(page, "writeFast");
  await expect(row(panel, "Room", "x: 5")).toBeVisible();
  await sin(page, "dropKeys");
  await expect(row(panel, "Room", `poll: "Tea?"`)).toBeVisible();
  return bob;
}
