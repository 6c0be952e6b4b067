import { expect, row, test } from "./fixtures";

test("the line that made a call is named in its row, and opens in Sources", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await page.route("**/chat.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `// A script of the app.\nfunction sendChat(text) {\n  return window.call.sendAppMessage({ kind: "chat", text });\n}\n`,
    }),
  );
  await page.addScriptTag({ url: "/chat.js" });
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(`sendChat("hello")`);
  await expect(row(panel, "hello").locator(".cell--initiator")).toHaveText("chat.js:3");

  await row(panel, "hello").click();
  await panel.getByRole("tab", { name: "Initiator" }).click();
  const frame = panel.getByRole("list", { name: "Call stack" }).getByRole("listitem").first();
  await expect(frame).toContainText("sendChat");
  await frame.getByRole("button").click();
  await expect(devtools.getByRole("tab", { name: "Sources", exact: true })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expect(devtools.locator(".cm-content")).toContainText("A script of the app.");
  await expect(devtools.getByText(/^Line 3, column/)).toBeVisible();
});
