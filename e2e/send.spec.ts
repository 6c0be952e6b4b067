import type { Page } from "@playwright/test";

import { expect, joined, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

const messages = (page: Page) =>
  page.evaluate(() =>
    window.received.map(({ data, fromId }) => ({ data: data as unknown, fromId })),
  );

test("a message to everyone, to one, and as plain text; nothing goes out before", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  const adaId = await ada.evaluate(() => window.call.participants().local.session_id);
  await openSend(panel, "App message");
  await type(panel, `{"kind":"hello","n":1}`);
  expect(await messages(bob)).toEqual([]);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("sent");
  await expect
    .poll(() => messages(bob))
    .toEqual([{ data: { kind: "hello", n: 1 }, fromId: adaId }]);

  await panel.getByLabel("Bob").check();
  await panel.getByLabel("As plain text").check();
  await type(panel, "playable");
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await expect.poll(async () => (await messages(bob)).at(-1)?.data).toBe("playable");

  await panel.getByRole("tab", { name: "Traffic" }).click();
  await row(panel, "Ada (you) → Bob", "playable").click();
  await panel.getByRole("tab", { name: "Event" }).click();
  await expect(panel.locator(".details")).toContainText(`"by": "panel"`);
});

test("what cannot be sent says why, at its place, and keeps what was typed", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada", "");
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  await expect(panel.getByText("The call has not joined yet. Join first to send.")).toBeVisible();
  const send = panel.getByRole("button", { name: "Send", exact: true });
  await expect(send).toBeDisabled();
  await page.evaluate(`call.join()`);
  await joined(page);
  await expect(send).toBeEnabled();

  for (const [text, message] of [
    [`{"a":1,"a":2}`, 'The key "a" is given twice'],
    ["9007199254740993", "has more digits than a number keeps"],
    [`{"a":`, "Value expected."],
    ["[".repeat(10_000), "Nested deeper than 200 levels."],
  ] as const) {
    await type(panel, text);
    await expect(panel.locator(".send [role=status]")).toContainText(message);
    await expect(send).toBeDisabled();
  }
  await type(panel, `"${"x".repeat(4_095)}"`);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("Message data too large. Max size is 4096");
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await panel.getByRole("tab", { name: "Send", exact: true }).click();
  await expect(panel.locator(".editor .cm-content")).toContainText("xxxx");
  await panel.locator(".editor .cm-content").click();
  await panel.page().keyboard.insertText("y".repeat(400_000));
  await expect(panel.getByText(/too long to send, so it was left out/)).toBeVisible();
  await expect(panel.locator(".editor .cm-content")).toContainText("xxxx");
});

test("session data with a preview, a rebase, undo, and a version put back", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ stage: "Bob", votes: 1 });
  await here.until(() => "votes" in here.sessionData());
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{stage: "Bob", votes: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  await type(panel, `{"poll":true}`);
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("1 key will change");
  await panel.getByLabel("replace").check();
  await expect(preview).toContainText("The replace drops stage, votes");
  expect(here.sessionData()).toEqual({ stage: "Bob", votes: 1 });

  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"votes": 1`);
  await type(panel, `{"stage":"Ada","votes":1}`);
  bob.setMeetingSessionData({ votes: 2 }, "shallow-merge");
  await expect(preview).toContainText("The room changed since you began: votes");
  await panel.getByRole("button", { name: "Apply my edit to the current data" }).click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"votes": 2`);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("synced");
  expect(here.sessionData()).toEqual({ stage: "Ada", votes: 2 });
  expect(here.sessionUpdates().at(-1)).toMatchObject({
    data: { stage: "Ada" },
    mergeStrategy: "shallow-merge",
  });

  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await here.until(() => here.sessionData()["stage"] === "Bob");
  bob.setMeetingSessionData({ stage: "Cy" }, "shallow-merge");
  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  await expect(panel.getByRole("treeitem", { name: /stage/ }).first()).toContainText("Cy");
  await openSend(panel, "Session data");
  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await expect(panel.getByText("stage changed since: an undo would go over that.")).toBeVisible();

  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  const versions = panel.locator(".versions li", { hasText: "by someone else: stage, votes" });
  await versions.last().getByRole("button", { name: "Restore" }).click();
  await expect(preview).toContainText("Cy");
  await submit(panel);
  await here.until(() => here.sessionData()["stage"] === "Bob");
});

test("resend, edit and resend, copy, repeat and stop", async ({ inspector, openCall }) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  await ada.evaluate(`call.sendAppMessage({ n: 1 })`);
  await row(panel, `{n: 1}`, "sent").click();
  await panel.getByRole("button", { name: "Resend", exact: true }).click();
  await expect.poll(async () => (await messages(bob)).length).toBe(2);
  for (const name of ["JSON", "call", "curl"]) {
    await panel.getByRole("button", { name: `Copy as ${name}` }).click();
    await expect(panel.getByText(`Copied as ${name}.`)).toBeVisible();
  }
  await panel.getByRole("button", { name: "Edit and resend" }).click();
  await type(panel, `{"n":"many"}`);
  await panel.getByLabel("times").fill("50");
  await panel.getByLabel("ms").fill("100");
  await submit(panel);
  await expect.poll(async () => (await messages(bob)).length).toBeGreaterThan(4);
  await panel.getByRole("button", { name: /^Stop/ }).click();
  await expect(panel.getByRole("button", { name: /^Stop/ })).toHaveCount(0);
  // The one that was sent again, and the run as one.
  await expect(sent(panel)).toHaveCount(2);
  await expect(sent(panel).first()).toContainText(/× ([1-9]|[1-4]\d) /);
});

test("snippets are kept, exchanged and refused when broken; a simulated message reaches this page only", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel, devtools } = await inspector.openPanel(ada);
  await openSend(panel, "Simulate incoming");
  await type(panel, `{"kind":"from nobody"}`);
  await panel.getByLabel("Snippet name").fill("Ghost");
  await panel.getByRole("button", { name: "Save" }).click();
  await type(panel, `{}`);
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Ghost");
  await expect(panel.locator(".editor .cm-content")).toContainText("from nobody");
  await panel.getByLabel("Sender").selectOption({ label: "Bob" });
  expect(await messages(ada)).toEqual([]);
  await submit(panel);
  const bobId = await bob.evaluate(() => window.call.participants().local.session_id);
  await expect
    .poll(() => messages(ada))
    .toEqual([{ data: { kind: "from nobody" }, fromId: bobId }]);
  expect(await messages(bob)).toEqual([]);
  await expect(sent(panel).first()).toContainText("simulated");

  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "Export", exact: true }).click();
  expect((await download).suggestedFilename()).toBe("daily-snippets.json");
  await panel.getByLabel("Import snippets").setInputFiles({
    name: "broken.json",
    mimeType: "application/json",
    buffer: Buffer.from(`{"snippets":[{"name":1}]}`),
  });
  await expect(panel.getByText("This is no file of snippets")).toBeVisible();
  expect(await ada.evaluate(() => JSON.stringify(Object.entries(localStorage)))).toBe("[]");
});

test("a page that was left says so before anything is sent", async ({
  inspector,
  openCall,
  server,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await panel.getByLabel("Preserve log").check();
  await openSend(panel, "App message");
  await page.goto(`${server.origin}/pages/plain.html`);
  await expect(panel.getByText("The page is reloading or gone.")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
});
