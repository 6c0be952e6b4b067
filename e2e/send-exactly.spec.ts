import type { Page } from "@playwright/test";

import { expect, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

const messages = (page: Page) =>
  page.evaluate(() =>
    window.received.map(({ data, fromId }) => ({ data: data as unknown, fromId })),
  );

test("a session id that is typed and not confirmed is where it goes, and a stranger is told", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const cy = await openCall("Cy");
  const { panel } = await inspector.openPanel(ada);
  const bobId = await bob.evaluate(() => window.call.participants().local.session_id);
  await openSend(panel, "App message");
  await type(panel, `{"for":"Bob"}`);
  const field = panel.getByLabel("Session id");
  await field.fill(`"${bobId}"`);
  await openSend(panel, "User data");
  await openSend(panel, "App message");
  await expect(panel.getByLabel("Bob")).toBeChecked();
  await panel.getByLabel("Bob").uncheck();
  await field.fill(`"${bobId}", nobody-1`);
  const button = panel.getByRole("button", { name: "Send", exact: true });
  await button.click();
  await expect(panel.locator(".send [role=status]")).toContainText("no one has this session id");
  await expect.poll(() => messages(bob)).toHaveLength(1);
  expect(await messages(cy)).toEqual([]);
});

test("the editor's search and its keys are its own, and a key held down sends once", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  await openSend(panel, "App message");
  await type(panel, `{"n":1}`);
  // What gets as far as the document is handed to DevTools.
  await panel.evaluate(() => {
    document.title = "";
    document.addEventListener("keydown", ({ key }) => void (document.title += key));
  });
  const { keyboard } = panel.page();
  await keyboard.press("ControlOrMeta+f");
  await expect(panel.locator(".editor .cm-search")).toBeVisible();
  await keyboard.press("Escape");
  await expect(panel.locator(".editor .cm-search")).toHaveCount(0);
  expect(await panel.evaluate(() => document.title)).not.toMatch(/f|Escape/);

  await keyboard.down("Control");
  for (let repeat = 0; repeat < 4; repeat++) await keyboard.down("Enter");
  await keyboard.up("Enter");
  await keyboard.up("Control");
  await expect(sent(panel).first()).toContainText("sent");
  await type(panel, `{"n":2}`);
  await submit(panel);
  await expect
    .poll(async () => (await messages(bob)).map(({ data }) => data))
    .toContainEqual({ n: 2 });
  expect((await messages(bob)).map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }]);
});

test("where a rebase meets a conflict, the side of each key is chosen", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ stage: "Bob", votes: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `votes: 1`)).toBeVisible();
  await openSend(panel, "Session data");
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"votes": 1`);
  await type(panel, `{"stage":"Ada","votes":7}`);
  bob.setMeetingSessionData({ stage: "Cy", votes: 2 });
  const votes = panel.getByRole("group", { name: "Whose votes" });
  const rebase = panel.getByRole("button", { name: "Apply my edit to the current data" });
  await votes.getByLabel("theirs").check();
  await expect(rebase).toBeDisabled();
  await expect(
    panel.locator(".send__foot").getByRole("button", { name: "Set", exact: true }),
  ).toBeDisabled();
  await panel.getByRole("group", { name: "Whose stage" }).getByLabel("mine").check();
  await rebase.click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"votes": 2`);
  await submit(panel);
  await here.until(() => here.sessionData()["stage"] === "Ada");
  expect(here.sessionData()).toEqual({ stage: "Ada", votes: 2 });
});

test("snippets of a file come beside one's own", async ({ inspector, openCall }) => {
  const { panel } = await inspector.openPanel(await openCall("Ada"));
  await openSend(panel, "User data");
  const snippet = { name: "Raise hand", kind: "set-user-data", text: `"another"` };
  const file = { format: "daily-snippets", version: 1, snippets: [snippet] };
  await panel.getByLabel("Import snippets").setInputFiles({
    name: "snippets.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await expect(
    panel.getByText("1 snippet added, renamed because the name was taken: Raise hand (2)."),
  ).toBeVisible();
  const choice = panel.getByLabel("Snippet", { exact: true });
  await choice.selectOption("Raise hand");
  await expect(panel.locator(".editor .cm-content")).toContainText(`"hand": "up"`);
  await choice.selectOption("Raise hand (2)");
  await expect(panel.locator(".editor .cm-content")).toHaveText(`"another"`);
});

test("a snippet is kept by Enter, replaced only when that is confirmed, and shared by both kinds of message", async ({
  inspector,
  openCall,
}) => {
  const { panel } = await inspector.openPanel(await openCall("Ada"));
  await openSend(panel, "App message");
  const editor = panel.locator(".editor .cm-content");
  const choice = panel.getByLabel("Snippet", { exact: true });
  const name = panel.getByLabel("Snippet name");
  const said = panel.locator(".snippets [role=status]");
  await type(panel, `{"n":1}`);
  await name.fill("Mine");
  await name.press("Enter");
  await expect(said).toHaveText("Kept as “Mine”.");

  await choice.selectOption("Reaction");
  await type(panel, `{"n":2}`);
  await panel.getByRole("button", { name: "Save", exact: true }).click();
  await expect(said).toContainText("“Reaction” is there already.");
  await choice.selectOption("Mine");
  await choice.selectOption("Reaction");
  await expect(editor).toContainText("emoji");
  await type(panel, `{"n":2}`);
  await name.press("Enter");
  await panel.getByRole("button", { name: "Replace it" }).click();
  await expect(said).toHaveText("Replaced “Reaction”.");

  await openSend(panel, "Simulate incoming");
  await expect(name).toHaveValue("");
  await expect(said).toHaveCount(0);
  await choice.selectOption("Reaction");
  await expect(editor).toHaveText(`{"n":2}`);
  await openSend(panel, "App message");
  await panel.getByLabel("As plain text").check();
  await type(panel, "playable");
  await name.fill("Plain");
  await name.press("Enter");
  await openSend(panel, "Simulate incoming");
  await choice.selectOption("Plain");
  await expect(editor).toHaveText(`"playable"`);
});
