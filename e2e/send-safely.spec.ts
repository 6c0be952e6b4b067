import { exportRecording, expect, joined, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

test("fast typing keeps every character, and a large text can be replaced", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  await panel.getByLabel("As plain text").check();
  await type(panel, "");
  const text = "The quick brown fox jumps over the lazy dog";
  for (const char of text) await panel.page().keyboard.insertText(char);
  await expect(panel.locator(".editor .cm-content")).toHaveText(text);
  await openSend(panel, "Session data");
  await type(panel, `{${Array.from({ length: 9_000 }, (_, n) => `"k${n}":1`).join(",")}}`);
  await type(panel, `{"small":1}`);
  await expect(panel.locator(".editor .cm-content")).toHaveText(`{"small":1}`);
});

test("an edit that outlives a reload still knows what others wrote, and a refused write is not resent as another", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ a: 1, b: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{a: 1, b: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await type(panel, `{"a":1,"b":1,"mine":2}`);
  bob.setMeetingSessionData({ votes: 9 }, "shallow-merge");
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("The room changed since you began: votes");
  await page.reload();
  await joined(page);
  // Until the panel has seen it, what is sent would go to the call that is gone.
  await expect(panel.getByText(/^Page reloaded or left/)).toBeVisible();
  await expect(panel.locator("#send-status")).toBeEmpty();
  await expect(preview).toContainText("The room changed since you began: votes");
  await submit(panel);
  await here.until(() => "mine" in here.sessionData());
  expect(here.sessionData()).toEqual({ a: 1, b: 1, votes: 9, mine: 2 });

  await expect(page.evaluate(`call.setMeetingSessionData({ x: 1 }, "merge")`)).rejects.toThrow(
    "Unrecognized",
  );
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await row(panel, `{x: 1}`, "refused").click();
  await expect(panel.locator(".details")).toContainText("Unrecognized mergeStrategy");
  const resend = panel.getByRole("button", { name: "Resend", exact: true });
  await expect(resend).toBeDisabled();
  await expect(resend).toHaveAttribute("title", /Daily knows no such merge strategy/);
});

test("what the page's own wrapper sends is the page's, and what it hands on is the panel's", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await page.evaluate(() => {
    const send = window.call.sendAppMessage.bind(window.call);
    window.call.sendAppMessage = (data: unknown, to?: string | string[]) => {
      send({ analytics: true });
      return send(data, to);
    };
  });
  const { panel, devtools } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  await type(panel, `{"from":"panel"}`);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("no recipient");
  const { events } = await exportRecording(panel, devtools);
  expect(
    events.flatMap((event) =>
      event.kind === "method-called" ? [[event.by, event.payload.json]] : [],
    ),
  ).toEqual([
    ["page", `{"analytics":true}`],
    ["panel", `{"from":"panel"}`],
  ]);
});

test("an undo leaves alone what somebody else wrote in the same second, and since", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ a: 1, b: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{a: 1, b: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  await type(panel, `{"a":5}`);
  bob.setMeetingSessionData({ b: 99, theirs: 1 }, "shallow-merge");
  await submit(panel);
  await expect(sent(panel).first()).toContainText("synced");
  bob.setMeetingSessionData({ later: 1 }, "shallow-merge");
  await here.until(() => "later" in here.sessionData());
  expect(here.sessionData()).toEqual({ a: 5, b: 99, theirs: 1, later: 1 });
  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await here.until(() => here.sessionData()["a"] === 1);
  expect(here.sessionData()).toEqual({ a: 1, b: 99, theirs: 1, later: 1 });
});

test("what somebody wrote to a key since it was typed waits for a choice", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ a: 1, b: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{a: 1, b: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  await type(panel, `{"a":5}`);
  const set = panel.locator(".send__foot").getByRole("button", { name: "Set", exact: true });
  const preview = panel.getByRole("region", { name: "Preview" });
  const rebase = panel.getByRole("button", { name: "Apply my edit to the current data" });
  bob.setMeetingSessionData({ a: 9, b: 9 }, "shallow-merge");
  await expect(preview).toContainText("The room changed since you began: a.");
  await expect(set).toBeDisabled();
  await panel.getByLabel("replace").check();
  await expect(preview).toContainText("The room changed since you began: a, b.");
  await expect(set).toBeDisabled();
  await panel.getByRole("group", { name: "Whose a" }).getByLabel("mine").check();
  await panel.getByRole("group", { name: "Whose b" }).getByLabel("theirs").check();
  await rebase.click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"b": 9`);
  await submit(panel);
  await here.until(() => here.sessionData()["a"] === 5);
  expect(here.sessionData()).toEqual({ a: 5, b: 9 });
});

test("what was sent tells what it deleted and whether it was an undo, and lets go of an old note", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  here.join({ userName: "Bob" }).setMeetingSessionData({ keep: 1, mine: 1, bobs: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", "bobs")).toBeVisible();
  await openSend(panel, "Session data");
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await type(panel, `{"keep":1}`);
  await submit(panel);
  const first = sent(panel).last();
  await expect(first).toContainText("Session data {} deletes mine, bobs");
  await first.getByRole("button", { name: "Undo" }).click();
  await expect(first).toContainText("synced");
  await expect(first.getByText("It waits for the next sync")).toHaveCount(0);
  await first.getByRole("button", { name: "Undo" }).click();
  await expect(sent(panel).first().getByText("undo", { exact: true })).toBeVisible();
  await here.until(() => "bobs" in here.sessionData());
});

test("a snippet that says nothing of how it is set leaves the rest of the room", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  here.join({ userName: "Bob" }).setMeetingSessionData({ votes: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `votes: 1`)).toBeVisible();
  await openSend(panel, "Session data");
  await panel.getByRole("radio", { name: "replace" }).check();
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Bring on stage");
  await expect(panel.getByRole("radio", { name: "shallow-merge" })).toBeChecked();
  await submit(panel);
  await here.until(() => "stage" in here.sessionData());
  expect(here.sessionData()).toEqual({ stage: { name: "Bob" }, votes: 1 });
});

test("what was sent is still undone after the log was cleared", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "Session data");
  await type(panel, `{"a":1}`);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("synced");
  await panel.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(sent(panel).first().getByRole("button", { name: "event" })).toHaveCount(0);
  await expect(sent(panel).first()).toContainText("synced");
  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await here.until(() => !("a" in here.sessionData()));
});
