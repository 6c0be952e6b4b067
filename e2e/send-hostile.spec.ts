import { exportRecording, expect, row, test } from "./fixtures";
import { openSend, paste, sent, submit, type } from "./send-tab";

test("whatever is pasted is answered, nothing is lost by it, and nothing goes out", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const bob = await openCall("Bob");
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
      ['{"a":1,"a":2}', 1, 'The key "a" is given twice'],
      ['{"a":"\\ud83d"}', 1, "Half of a surrogate pair"],
      ['{"a":9007199254740993}', 1, "has more digits than a number keeps"],
      ['{"a":1e999}', 1, "is too large for a number"],
      ['"a" ', 27_000, "End of file expected."],
      ["{a:1}", 1, "Invalid symbol."],
      ["NaN", 1, "Invalid symbol."],
    ] as const) {
      await paste(panel, unit, times);
      await expect(status).toContainText(message);
      await expect(button).toBeDisabled();
      await submit(panel);
    }
    await paste(panel, '{"__proto__":{"polluted":1},"constructor":2}');
    await expect(status).toHaveText("");
    await expect(button).toBeEnabled();
    expect(await panel.evaluate(() => "polluted" in {})).toBe(false);
  }
  await expect(panel.getByRole("region", { name: "Preview" })).toContainText("2 keys will change");
  await expect(sent(panel)).toHaveCount(0);
  expect(await bob.evaluate(() => window.received)).toEqual([]);
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
  await paste(panel, `{${keys}}`);
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("9,000 keys will change");
  await expect(preview).toContainText("and 8,900 more keys");
  await expect(panel.locator(".send__foot")).toContainText("88,891 of 102,400");
  await submit(panel);
  await here.until(() => "k8999" in here.sessionData());
  await expect(sent(panel).first()).toContainText("synced");
});

test("undo, and what was typed before something else took its place, outlive looking elsewhere", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ from: "the page" })`);
  const text = panel.locator(".editor .cm-content");
  await openSend(panel, "App message");
  await type(panel, `{"typed":1}`);
  await openSend(panel, "User data");
  await expect(text).toHaveText("{}");
  await openSend(panel, "App message");
  await panel.getByLabel("As plain text").check();
  await panel.getByLabel("As plain text").uncheck();
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await openSend(panel, "App message");
  await expect(text).toHaveText(`{"typed":1}`);
  await text.press("ControlOrMeta+z");
  await expect(text).toHaveText(`{ "kind": "chat", "text": "Hello" }`);
  await text.press("ControlOrMeta+Shift+z");
  await expect(text).toHaveText(`{"typed":1}`);

  const back = panel.getByRole("button", { name: "Restore draft" });
  await expect(back).toHaveCount(0);
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Reaction");
  await expect(text).toContainText("reaction");
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await row(panel, "the page", "sent").click();
  await panel.getByRole("button", { name: "Edit and resend" }).click();
  await expect(text).toContainText("the page");
  await back.click();
  await expect(text).toHaveText(`{"typed":1}`);
  await expect(back).toHaveCount(0);
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Reaction");
  await submit(panel);
  await expect(sent(panel).first()).toContainText("reaction");
  await expect(back).toHaveCount(0);

  await text.press("Tab");
  await expect(text).not.toBeFocused();
});

test("the tab names its call and keeps to it until that is gone", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const { panel } = await inspector.openPanel(page);
  const foot = panel.locator(".send__foot");
  await openSend(panel, "App message");
  await expect(foot).toContainText(`through Ada · ${new URL(server.origin).host}/${room}`);
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.src = location.href.replace("name=Ada", "name=Grace");
    document.body.append(frame);
  });
  await here.until(() => here.participants().some(({ userName }) => userName === "Grace"));
  const calls = panel.getByLabel("Call", { exact: true });
  await expect(calls).toContainText("Grace · joined");
  await expect(foot).toContainText("through Ada");

  const grace = await calls.locator("option", { hasText: "Grace" }).getAttribute("value");
  await calls.selectOption(grace);
  await expect(foot).toContainText("through Grace");
  await calls.selectOption("");
  await expect(foot).toContainText("through Grace");
  await submit(panel);
  await page.waitForFunction(() => window.received.length === 1);

  await page.evaluate(() => document.querySelector("iframe")?.remove());
  await expect(
    panel.getByText(/The call Grace · .* is gone: this now goes through Ada/),
  ).toBeVisible();
  await submit(panel);
  await expect(sent(panel).first()).toContainText("no recipient");
  await expect(panel.getByText(/is gone/)).toHaveCount(0);
});

test.describe("docked low", () => {
  test.use({ options: { dock: "bottom", dockedSize: 250 } });

  test("five lines, the options and the button are there at once, beside what was sent", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    const whole = { ratio: 1 };
    for (const kind of ["Simulate incoming", "User data", "Session data", "App message"]) {
      await openSend(panel, kind);
      await type(panel, `{"n":\n1,\n"o":\n2\n}`);
      await expect(panel.locator(".editor .cm-line")).toHaveCount(5);
      await expect(panel.locator(".editor .cm-line").last()).toBeInViewport(whole);
      await expect(panel.locator(".send__go .button")).toBeInViewport(whole);
      await expect(panel.locator(".editor")).toBeInViewport(whole);
    }
    await submit(panel);
    await expect(sent(panel).first()).toContainText("no recipient");
    await expect(panel.locator(".send__go .button")).toBeInViewport(whole);
    await expect(panel.getByLabel("As plain text")).toBeInViewport(whole);
  });
});

test("that a text was too long for a field is told until something is typed", async ({
  inspector,
  openCall,
}) => {
  const { panel } = await inspector.openPanel(await openCall("Ada"));
  await openSend(panel, "App message");
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
});
