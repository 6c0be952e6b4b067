import type { Frame, Page } from "@playwright/test";

import { expect, row } from "./fixtures";
import type { RoomServer } from "./room/server";

/** Has something of everything happen in a call: what passes, a refusal, and a word of a bot. */
export async function liveABit(page: Page, panel: Frame, server: RoomServer, room: string) {
  const bob = server.room(room).join({ userName: "Bob" });
  await page.evaluate(`(() => {
    call.sendAppMessage({ type: "chat", text: "hello" });
    call.setUserData({ hand: "up" });
    call.setMeetingSessionData({ poll: { votes: 3 } }, "shallow-merge");
    try { call.sendAppMessage("x".repeat(5000)); } catch {}
  })()`);
  const data = { text: "It is cold.", segment_id: 1, spoken_status: "new" };
  bob.sendAppMessage({ label: "rtvi-ai", type: "bot-output", data });
  await expect(row(panel, "synced")).toBeVisible();
  await expect(row(panel, "It is cold.")).toBeVisible();
}

/** Opens all that a panel has to show, in a place of any size, and has each looked at. */
export async function walkTheTabs(
  panel: Frame,
  look: (what: string) => Promise<void>,
): Promise<void> {
  const views = panel.getByRole("tablist", { name: "View" });
  const show = async (name: string) => {
    await views.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
    await expect(panel.locator(`[aria-busy="true"]`)).toHaveCount(0);
  };
  /** Where there is little room, the views of the log are in a menu. */
  const showAs = async (name: string) => {
    const menu = panel.getByRole("button", { name: "Show events as" });
    const isMenu = await menu.isVisible();
    if (isMenu) {
      await menu.click();
      await look("the menu of views");
    }
    await panel.getByRole(isMenu ? "radio" : "button", { name, exact: true }).click();
  };

  await row(panel, "hello").click();
  for (const tab of ["Payload", "Delivery", "Initiator", "Raw"]) {
    await panel.getByRole("tab", { name: tab }).click();
    await look(tab);
  }
  for (const view of ["Sequence", "Conversation", "Table"]) {
    await showAs(view);
    await look(view);
  }
  for (const menu of ["Table options", "Export recording", "Settings"]) {
    await panel.getByRole("button", { name: menu }).click();
    await look(menu);
    await panel.page().keyboard.press("Escape");
  }
  for (const view of ["Room", "Send", "Statistics", "Types", "Findings"]) {
    await show(view);
    await look(view);
  }
}
