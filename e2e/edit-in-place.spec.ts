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
  // Whatever else is looked at meanwhile, nothing typed is lost.
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

test("an edit keeps what another of the same window is about to set", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  here.join({ userName: "Bob" }).setMeetingSessionData({ stage: { name: "N0", seat: 0 } });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", "N0")).toBeVisible();
  await openRoom(panel);
  const set = async (key: string, json: string) => {
    await place(panel, key).focus();
    await panel.page().keyboard.press("F2");
    await panel.getByLabel(`Value of stage.${key}`).fill(json);
    await panel.page().keyboard.press("Enter");
    await panel.getByRole("button", { name: "Set", exact: true }).click();
  };
  await set("name", `"N1"`);
  await expect(panel.getByText(/^Your change: (queued|synced)/)).toBeVisible();
  await set("seat", "9");
  await here.until(() => JSON.stringify(here.sessionData()).includes("9"));
  expect(here.sessionData()).toEqual({ stage: { name: "N1", seat: 9 } });
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
  const stray = panel.locator(".room").getByRole("status").filter({ hasText: "Your edit of one" });
  await expect(stray).toContainText(`Nothing of it was sent: "typed"`);
  await stray.getByRole("button", { name: "Let go" }).click();
  await expect(stray).toHaveCount(0);
});

test("a key is added and one is deleted from the keyboard, whatever its name", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ stage: { name: "Bob" }, votes: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `votes: 1`)).toBeVisible();
  await openRoom(panel);
  const { keyboard } = panel.page();

  await tree(panel).getByRole("treeitem").first().focus();
  await keyboard.press("Insert");
  await panel.getByLabel("New key").fill("__proto__");
  await panel.getByLabel("New value").fill("[1]");
  await keyboard.press("Enter");
  await expect(panel.locator(".proposal")).toContainText("__proto__ [1]");
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect(place(panel, "__proto__")).toContainText("1 item");
  expect(JSON.stringify(here.sessionUpdates().at(-1)?.data)).toBe(`{"__proto__":[1]}`);

  await tree(panel).getByRole("treeitem").first().focus();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await expect(place(panel, "name")).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("Delete");
  await expect(panel.locator(".proposal")).toContainText(`Will send { "votes": undefined }`);
  expect(here.sessionData()).toHaveProperty("votes", 1);
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await here.until(() => !("votes" in here.sessionData()));
});

test("what somebody else writes meanwhile is told, and a rebase keeps both", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ stage: { name: "Bob", seat: 1 }, votes: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `votes: 1`)).toBeVisible();
  await openRoom(panel);
  await place(panel, "name").focus();
  await panel.page().keyboard.press("Enter");
  const value = panel.getByLabel("Value of stage.name");
  await value.fill(`"Ada"`);

  bob.setMeetingSessionData({ votes: 2 }, "shallow-merge");
  await expect(panel.getByText("Changed since you began: votes.")).toContainText(
    "Your edit doesn’t touch it.",
  );
  bob.setMeetingSessionData({ stage: { name: "Bob", seat: 2 } }, "shallow-merge");
  await expect(panel.getByText("As it is, your edit would undo that.")).toBeVisible();
  await value.press("Enter");
  await expect(panel.getByRole("button", { name: "Set", exact: true })).toHaveCount(0);
  await panel.getByRole("button", { name: "Rebase" }).click();
  await expect(value).toHaveValue(`"Ada"`);
  await expect(panel.locator(".proposal")).toContainText(`{"stage":{"name":"Ada","seat":2}}`);

  bob.setMeetingSessionData({ stage: { name: "Cy", seat: 2 } }, "shallow-merge");
  await expect(panel.getByText("Someone else changed stage.name itself.")).toBeVisible();
  await panel.getByRole("button", { name: "Keep mine" }).click();
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await here.until(() => JSON.stringify(here.sessionData()).includes("Ada"));
  expect(here.sessionData()).toEqual({ stage: { name: "Ada", seat: 2 }, votes: 2 });
});

test("one's own user data is edited and put back with a preview; others' says why it cannot be", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  here.join({ userName: "Bob" }).setUserData({ hand: "up" });
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(() => window.call.setUserData({ hand: "down" }));
  const adas = () => here.participants()[0]?.userData;
  await expect.poll(adas).toEqual({ hand: "down" });
  await openRoom(panel);

  await panel.locator(".people tbody tr", { hasText: "Bob" }).click();
  await expect(panel.getByText(/only Bob’s own page can set it/)).toBeVisible();
  await place(panel, "hand", "User data").dblclick();
  await panel.page().keyboard.press("F2");
  await expect(panel.locator(".value-editor")).toHaveCount(0);

  await panel.locator(".people tbody tr", { hasText: "Ada" }).click();
  await place(panel, "hand", "User data").focus();
  await panel.page().keyboard.press("Enter");
  await panel.getByLabel("Value of hand").fill("true");
  await panel.page().keyboard.press("Enter");
  await expect(panel.locator(".proposal")).toContainText(`{"hand":true} as your user data`);
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect.poll(adas).toEqual({ hand: true });

  const versions = panel.locator(".versions li", { hasText: `{"hand":"down"}` });
  await versions.getByRole("button", { name: "Restore" }).click();
  await expect(panel.locator(".proposal")).toContainText(`hand true → "down"`);
  expect(adas()).toEqual({ hand: true });
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect.poll(adas).toEqual({ hand: "down" });
});

test("a state too deep for paths is shown, and says why it is not edited", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const deep = JSON.parse(`${"[".repeat(300)}${"]".repeat(300)}`) as unknown;
  server.room(room).join({ userName: "Bob" }).setMeetingSessionData({ deep });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", "deep")).toBeVisible();
  await openRoom(panel);
  await expect(panel.getByText("It cannot be edited here: it is nested deeper")).toBeVisible();
});
