import { expect, row, test } from "./fixtures";
import { openSend } from "./send-tab";

test.describe("docked at the bottom", () => {
  test.use({ options: { dock: "bottom", dockedSize: 250 } });

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

  test("numbers stay with their units, and a caption is one line", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await openSend(panel, "App message");
    for (const label of await panel.locator(".repeat label").all())
      expect((await label.boundingBox())?.height).toBeLessThan(30);
    await page.evaluate(() => window.call.sendAppMessage({ a: "x".repeat(3_500) }));
    await panel.getByRole("tab", { name: "Traffic" }).click();
    await row(panel, "xxx", "sent").click();
    const caption = panel.getByText("What takes most of it, in characters of JSON");
    expect((await caption.boundingBox())?.height).toBeLessThan(30);
  });
});
