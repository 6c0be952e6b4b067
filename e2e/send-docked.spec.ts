import type { Frame } from "@playwright/test";

import { expect, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

/** Has Daily refuse a message, and expects it to say so beside the editor until the next edit. */
async function expectRefusalInSight(panel: Frame): Promise<void> {
  const status = panel.locator("#send-status");
  await openSend(panel, "App message");
  await panel.getByLabel("As plain text").check();
  await type(panel, "x".repeat(5_000));
  await submit(panel);
  await expect(status).toContainText("Message data too large. Max size is 4096");
  await expect(status).toBeInViewport({ ratio: 0.9 });
  await panel.page().keyboard.insertText("y");
  await expect(status).toBeEmpty();
  await panel.getByLabel("As plain text").uncheck();
}

test.describe("docked at the bottom", () => {
  test.use({ options: { dock: "bottom", dockedSize: 250 } });

  test("five lines, the options, the button and a refusal are there at once, beside what was sent", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await expectRefusalInSight(panel);
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

  test("what is edited in the tree stays in sight above what it will send", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await page.evaluate(() =>
      window.call.setMeetingSessionData({
        topic: "x".repeat(600),
        votes: 1,
        list: Array.from({ length: 9 }, (_, n) => n),
      }),
    );
    await expect(row(panel, "Room", "topic")).toBeVisible();
    await panel.getByRole("tab", { name: "Room", exact: true }).click();
    const topic = panel.getByRole("treeitem").filter({ hasText: "topic:" }).last();
    await topic.focus();
    await panel.page().keyboard.press("F2");
    const value = panel.getByLabel("Value of topic");
    await value.fill(`"${"y".repeat(600)}"`);
    await value.press("Enter");
    await expect(panel.getByRole("button", { name: "Set", exact: true })).toBeFocused();
    await expect(panel.getByRole("button", { name: "Set", exact: true })).toBeInViewport();
    await expect(value).toBeInViewport({ ratio: 0.9 });
  });
});

test.describe("docked at the right", () => {
  test.use({ options: { dock: "right", dockedSize: 400 } });

  test("a refusal is in sight, numbers stay with their units, and what the panel made is marked", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await expectRefusalInSight(panel);
    for (const label of await panel.locator(".repeat label").all())
      expect((await label.boundingBox())?.height).toBeLessThan(30);
    await page.evaluate(`call.sendAppMessage({ by: "the page" })`);
    await type(panel, `{"by":"us"}`);
    await submit(panel);
    await page.evaluate(() => window.call.sendAppMessage({ a: "x".repeat(3_500) }));
    await panel.getByRole("tab", { name: "Traffic" }).click();
    // There is no room for its initiator.
    const summary = (text: string) =>
      row(panel, text).getByRole("gridcell").filter({ hasText: text });
    await expect(summary(`{by: "us"}`)).toHaveAccessibleName(/^sent from this panel/);
    await expect(summary(`{by: "the page"}`)).not.toHaveAccessibleName(/panel/);
    await row(panel, "{a: ").click();
    const caption = panel.getByText("What takes most of it, in characters of JSON");
    expect((await caption.boundingBox())?.height).toBeLessThan(30);
  });
});
