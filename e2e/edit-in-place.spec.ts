import type { Frame } from "@playwright/test";

import { expect, joined, row, test } from "./fixtures";

const tree = (panel: Frame, name = "Session data") => panel.getByRole("tree", { name });
/** The row of one value of a tree. */
const place = (panel: Frame, key: string, name?: string) =>
  tree(panel, name)
    .getByRole("treeitem")
    .filter({ hasText: `${key}:` })
    .last();
const openRoom = (panel: Frame) => panel.getByRole("tab", { name: "Room", exact: true }).click();

test("a value edited in the tree reaches the other app as a merge of its one key", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const here = server.room(room);
  const { panel } = await inspector.openPanel(ada);
  await bob.evaluate(() =>
    window.call.setMeetingSessionData({ stage: { name: "Bob", seat: 1 }, votes: 1 }),
  );
  await expect(row(panel, "Room", `votes: 1`)).toBeVisible();
  await openRoom(panel);
  const updates = here.sessionUpdates().length;

  await place(panel, "votes").getByText("1", { exact: true }).dblclick();
  const value = panel.getByLabel("Value of votes");
  await expect(value).toBeFocused();
  await value.fill("nine lives");
  await value.press("Enter");
  await expect(panel.getByRole("alert")).toContainText("Invalid symbol.");
  await expect(value).toHaveValue("nine lives");
  // Whatever else is looked at in the meantime, nothing typed is lost.
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await openRoom(panel);
  await expect(value).toHaveValue("nine lives");
  await panel.getByRole("button", { name: /^Use it as text/ }).click();
  await expect(value).toHaveValue(`"nine lives"`);
  await value.press("Escape");
  await expect(value).toHaveCount(0);
  await expect(place(panel, "votes")).toHaveText(/votes:1/);

  await place(panel, "name").focus();
  await panel.page().keyboard.press("F2");
  await panel.getByLabel("Value of stage.name").fill(`"Cy"`);
  await panel.page().keyboard.press("Enter");
  await expect(panel.locator(".proposal")).toContainText(
    `Will send {"stage":{"name":"Cy","seat":1}} as shallow-merge · 1 key`,
  );
  expect(here.sessionUpdates()).toHaveLength(updates);
  await panel.getByRole("button", { name: "Set", exact: true }).press("Enter");
  await expect(panel.getByText("Your change: synced.")).toBeVisible();
  expect(here.sessionUpdates().at(-1)).toMatchObject({
    data: { stage: { name: "Cy", seat: 1 } },
    mergeStrategy: "shallow-merge",
  });
  await expect
    .poll(() => bob.evaluate(() => window.call.meetingSessionState().data))
    .toEqual({ stage: { name: "Cy", seat: 1 }, votes: 1 });
  await expect(place(panel, "name")).toContainText(`"Cy"`);
});

test("what is typed in the tree outlives a double click elsewhere and a reload of the page", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  server.room(room).join({ userName: "Bob" }).setMeetingSessionData({ one: 1, two: 2 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `two: 2`)).toBeVisible();
  await openRoom(panel);
  await place(panel, "one").focus();
  await panel.page().keyboard.press("F2");
  const value = panel.getByLabel("Value of one");
  await value.fill(`"typed"`);
  await place(panel, "two").getByText("2", { exact: true }).dblclick();
  await expect(panel.getByText(/^Your edit of .* is open/)).toBeVisible();
  await expect(value).toBeFocused();
  await expect(value).toHaveValue(`"typed"`);

  await page.reload();
  await joined(page);
  const stray = panel
    .getByRole("tabpanel", { name: "Room" })
    .getByRole("status")
    .filter({ hasText: "Your edit of one" });
  await expect(stray).toContainText(`Nothing of it was sent: "typed"`);
  await stray.getByRole("button", { name: "Let go" }).click();
  await expect(stray).toHaveCount(0);
});
