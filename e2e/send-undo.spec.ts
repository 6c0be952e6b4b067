import { expect, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

test("undo does not bring an old text back to an edit of the room, which would delete the rest of it", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ a: 1, b: 1, c: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{a: 1, b: 1, c: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  const text = panel.locator(".editor .cm-content");
  await type(panel, `{"a":5}`);
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await expect(text).toContainText(`"c": 1`);
  await text.press("ControlOrMeta+z");
  await expect(text).toContainText(`"c": 1`);
  const set = panel.locator(".send__foot").getByRole("button", { name: "Set", exact: true });
  await submit(panel);
  await expect(sent(panel)).toHaveCount(0);

  await panel.getByRole("button", { name: "Restore draft" }).click();
  await expect(text).toHaveText(`{"a":5}`);
  await expect(set).toBeEnabled();
  await submit(panel);
  await here.until(() => here.sessionData()["a"] === 5);
  expect(here.sessionData()).toEqual({ a: 5, b: 1, c: 1 });
});

test("undo does not put an old text on the room that an edit was rebased onto", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const bob = server.room(room).join({ userName: "Bob" });
  bob.setMeetingSessionData({ a: 1, b: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{a: 1, b: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  const text = panel.locator(".editor .cm-content");
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await type(panel, `{\n  "a": 5,\n  "b": 1\n}`);
  const rebase = panel.getByRole("button", { name: "Apply my edit to the current data" });
  bob.setMeetingSessionData({ theirs: 1 }, "shallow-merge");
  await rebase.click();
  await expect(text).toContainText(`"theirs": 1`);
  await text.press("ControlOrMeta+z");
  await expect(text).toContainText(`"theirs": 1`);

  // The text stays the same by this one, and what it is compared with does not.
  await type(panel, `{\n  "a": 6,\n  "b": 1,\n  "theirs": 1\n}`);
  bob.setMeetingSessionData({ a: 9 }, "shallow-merge");
  await panel.getByRole("group", { name: "Whose a" }).getByLabel("mine").check();
  await rebase.click();
  await expect(rebase).toHaveCount(0);
  await text.press("ControlOrMeta+z");
  await expect(text).toContainText(`"a": 6`);
});

test("undo does not make a number of what was plain text, and takes back what was only formatted", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  const text = panel.locator(".editor .cm-content");
  await panel.getByLabel("As plain text").check();
  await type(panel, "42");
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Reaction");
  await expect(text).toContainText("reaction");
  await text.press("ControlOrMeta+z");
  await expect(text).toContainText("reaction");

  await type(panel, `{"a":1}`);
  await panel.getByRole("button", { name: "Format" }).click();
  await expect(text.locator(".cm-line")).toHaveCount(3);
  await text.press("ControlOrMeta+End");
  await panel.page().keyboard.insertText(" ");
  await text.press("ControlOrMeta+z");
  await expect(text.locator(".cm-line")).toHaveCount(3);
  await text.press("ControlOrMeta+z");
  await expect(text).toHaveText(`{"a":1}`);
  // The key as a keyboard says it: with a small z it would be taken for undo.
  await text.press("ControlOrMeta+Shift+Z");
  await expect(text.locator(".cm-line")).toHaveCount(3);
});
