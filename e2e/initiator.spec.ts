import type { Page } from "@playwright/test";

import { expect, row, test } from "./fixtures";

/** Gives a page a script of its own, whose third line sends. */
async function addChatScript(page: Page): Promise<void> {
  await page.route("**/chat.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `// A script of the app.\nfunction sendChat(text) {\n  return window.call.sendAppMessage({ kind: "chat", text });\n}\n`,
    }),
  );
  await page.addScriptTag({ url: "/chat.js" });
}

test("the line that made a call is named in its row, and opens in Sources", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await addChatScript(page);
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

test("a click on the line in the row opens it, and leaves the row as it is", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await addChatScript(page);
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(`sendChat("hello")`);
  await row(panel, "hello").locator(".cell--initiator").click();
  await expect(devtools.getByText(/^Line 3, column/)).toBeVisible();
  await expect(row(panel, "hello")).toHaveAttribute("aria-selected", "false");
});
