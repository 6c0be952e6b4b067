import type { Page } from "@playwright/test";

import { exportRecording, expect, joined, test } from "./fixtures";
import { openSend, paste, sent, submit, type } from "./send-tab";

const messages = (page: Page) =>
  page.evaluate(() =>
    window.received.map(({ data, fromId }) => ({ data: data as unknown, fromId })),
  );

test("the editor's search and its keys are its own, a key held down sends once, and fast typing keeps every character", async ({
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

  const text = panel.locator(".editor .cm-content");
  await panel.getByLabel("As plain text").check();
  await type(panel, "");
  const typed = "The quick brown fox jumps over the lazy dog";
  for (const char of typed) await keyboard.insertText(char);
  await expect(text).toHaveText(typed);
  await text.press("ControlOrMeta+z");
  await expect(text).not.toHaveText(typed);
  await text.press("Tab");
  await expect(text).not.toBeFocused();
});

test("whatever is pasted is answered, nothing is lost by it, and nothing goes out", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const text = panel.locator(".editor .cm-content");
  const status = panel.locator("#send-status");
  for (const [kind, verb] of [
    ["App message", "Send"],
    ["Session data", "Set"],
  ] as const) {
    await openSend(panel, kind);
    const button = panel.locator(".send__foot").getByRole("button", { name: verb, exact: true });
    await type(panel, `{"typed":"${kind}"}`);
    await expect(button).toBeEnabled();

    for (const [unit, times] of [
      ["x", 10_000_000],
      ["[\n", 5_000_000],
    ] as const) {
      await paste(panel, unit, times);
      await expect(status).toContainText("That would be 10,000,000 characters: too long to send");
      await expect(text).toHaveText(`{"typed":"${kind}"}`);
    }
    for (const [unit, times, message] of [
      ["[", 10_000, "Nested deeper than 200 levels."],
      ['{"a":\n', 19_000, "Nested deeper than 200 levels."],
      ['"a" ', 27_000, "End of file expected."],
    ] as const) {
      await paste(panel, unit, times);
      await expect(status).toContainText(message);
      await expect(button).toBeDisabled();
      await submit(panel);
    }
  }
  await openSend(panel, "App message");
  await type(panel, `"xxxx"`);
  await panel.page().keyboard.insertText("y".repeat(400_000));
  await expect(panel.getByText(/too long to send, so it was left out/)).toBeVisible();
  await expect(text).toHaveText(`"xxxx"`);

  const field = panel.getByLabel("Session id");
  await field.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "x".repeat(10_000_000));
    const options = { clipboardData, bubbles: true, cancelable: true };
    input.dispatchEvent(new ClipboardEvent("paste", options));
  });
  const note = panel.getByText("10,000,000 characters are too long for this field");
  await expect(note).toBeVisible();
  await field.fill("an-id");
  await expect(note).toHaveCount(0);

  const { events } = await exportRecording(panel, devtools);
  expect(events.filter(({ kind }) => kind === "method-called")).toEqual([]);
});

test("a large text is checked after a pause, and by the button if that is pressed before", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const { panel } = await inspector.openPanel(page);
  const status = panel.locator("#send-status");
  await openSend(panel, "Session data");
  const keys = Array.from({ length: 9_000 }, (_, n) => `"k${n}":1`).join(",");
  await paste(panel, `{${keys},"k0":2}`);
  await submit(panel);
  await expect(status).toContainText('The key "k0" is given twice');
  await expect(sent(panel)).toHaveCount(0);
  await paste(panel, `{"small":1}`);
  await expect(panel.locator(".editor .cm-content")).toHaveText(`{"small":1}`);
  await paste(panel, `{${keys}}`);
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("9,000 keys will change");
  await expect(preview).toContainText("and 8,900 more keys");
  await expect(panel.locator(".send__foot")).toContainText("88,891 of 102,400");
  await submit(panel);
  await here.until(() => "k8999" in here.sessionData());
  await expect(sent(panel).first()).toContainText("synced");
});

test("typing while the page reloads loses neither characters nor the focus", async ({
  inspector,
  openCall,
  server,
}) => {
  const page = await openCall("Ada");
  const url = page.url();
  const { panel } = await inspector.openPanel(page);
  const { keyboard } = panel.page();
  await openSend(panel, "App message");
  await panel.getByLabel("As plain text").check();
  await type(panel, "before ");
  await page.goto(`${server.origin}/pages/plain.html`);
  await expect(panel.locator("#send-status")).toHaveText("The page is reloading or gone.");
  for (const char of "between ") await keyboard.insertText(char);
  await Promise.all([
    page.goto(url),
    (async () => {
      for (const char of "while it loads ") await keyboard.insertText(char);
    })(),
  ]);
  await joined(page);
  await expect(panel.locator("#send-status")).toBeEmpty();
  await keyboard.insertText("after");
  const editor = panel.locator(".editor .cm-content");
  await expect(editor).toHaveText("before between while it loads after");
  await expect(editor).toBeFocused();
  const bob = await openCall("Bob");
  await submit(panel);
  await expect
    .poll(() => bob.evaluate(() => window.received.map(({ data }) => data as unknown)))
    .toEqual(["before between while it loads after"]);
});

test("drafts are there again when DevTools is, and nothing is sent by that", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const first = await inspector.openPanel(ada);
  await openSend(first.panel, "App message");
  await first.panel.getByLabel("Bob").check();
  await type(first.panel, `{"half":"way`);
  await openSend(first.panel, "User data");
  await type(first.panel, `{"hand":"up"}`);
  await first.panel.evaluate(() => location.reload());
  await expect(first.panel.getByRole("tab", { name: "Traffic" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await first.devtools.close();

  const { panel } = await inspector.openPanel(ada);
  await openSend(panel, "App message");
  const editor = panel.locator(".editor .cm-content");
  await expect(editor).toHaveText(`{"half":"way`);
  await expect(panel.getByLabel("Bob")).toBeChecked();
  await expect(panel.locator("#send-status")).toHaveClass(/is-error/);
  await openSend(panel, "User data");
  await expect(editor).toHaveText(`{"hand":"up"}`);
  await expect(sent(panel)).toHaveCount(0);
  expect(await bob.evaluate(() => window.received)).toEqual([]);
  expect(await ada.evaluate(() => window.call.participants().local.userData)).toBeUndefined();
  expect(await ada.evaluate(() => JSON.stringify(Object.entries(localStorage)))).toBe("[]");
});
