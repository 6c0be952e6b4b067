import { expect, joined, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

test("who types while the page loads anew loses no character, nor the focus", async ({
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

test("two people in one room have their own drafts again", async ({ inspector, openCall }) => {
  const pages = { Ada: await openCall("Ada"), Bob: await openCall("Bob") };
  const opened = [];
  for (const name of ["Ada", "Bob"] as const) {
    const { panel, devtools } = await inspector.openPanel(pages[name]);
    await openSend(panel, "App message");
    await type(panel, `{"from":"${name}"}`);
    opened.push(devtools);
  }
  for (const devtools of opened) await devtools.close();
  for (const name of ["Ada", "Bob"] as const) {
    const { panel } = await inspector.openPanel(pages[name]);
    await openSend(panel, "App message");
    await expect(panel.locator(".editor .cm-content")).toHaveText(`{"from":"${name}"}`);
  }
});

test("without a call the status bar is at the bottom of every tab", async ({
  inspector,
  server,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  const { panel } = await inspector.openPanel(page);
  const views = panel.getByRole("tablist", { name: "View" });
  const bottom = () =>
    panel
      .locator(".status-bar")
      .evaluate((bar) => innerHeight - bar.getBoundingClientRect().bottom);
  for (const view of ["Traffic", "Room", "Send", "Statistics", "Findings"]) {
    await views.getByRole("tab", { name: view }).click();
    await expect(panel.getByText("No Daily call on this page yet")).toBeVisible();
    expect(await bottom()).toBe(0);
  }
});
