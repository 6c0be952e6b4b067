import type { Frame, Page } from "@playwright/test";

import { expect, row, test } from "./fixtures";

/** More stops than any way through the panel takes. */
const MOST_STOPS = 60;

// The main tasks from the first key to the last, without a pointer and without putting the focus anywhere.
test("all that the panel is for can be done with the keyboard alone", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const bob = await openCall("Bob");
  await page.bringToFront();
  const { panel, devtools } = await inspector.openPanel(page);
  const { press, type, tabTo } = keysOf(panel, devtools);
  await page.evaluate(`call.sendAppMessage({ type: "chat", text: "hello" })`);
  await page.evaluate(`call.setMeetingSessionData({ score: { ada: 1 } }, "shallow-merge")`);
  await expect(row(panel, "hello")).toBeVisible();
  await expect(row(panel, "synced")).toBeVisible();

  await test.step("read a message: table, details, its tabs", async () => {
    await tabTo("grid Traffic");
    await press("End");
    while (!(await selectedText(panel)).includes("hello")) await press("ArrowUp");
    await press("Enter");
    const details = panel.getByRole("region", { name: "Details" });
    await expect(details).toBeVisible();
    await press("Enter");
    await tabTo("tab Payload");
    await press("ArrowRight");
    await expect(details.getByRole("tab", { name: "Delivery", selected: true })).toBeFocused();
    await press("Escape");
    await expect(details).toBeHidden();
  });

  await test.step("filter, and take the filter away", async () => {
    await press("/");
    await type("type:chat ");
    await expect(row(panel, "synced")).toHaveCount(0);
    await expect(row(panel, "hello")).toHaveCount(1);
    await press("Control+a");
    await press("Delete");
    await expect(row(panel, "synced")).not.toHaveCount(0);
  });

  await test.step("send a message to the room", async () => {
    await tabTo("tab Traffic");
    await press("ArrowRight");
    await press("ArrowRight");
    await expect(panel.getByRole("tab", { name: "Send", selected: true })).toBeFocused();
    await tabTo("textbox App message to send");
    await press("Control+a");
    await devtools.keyboard.insertText(`{ "type": "from-keys" }`);
    const arrived = bob.evaluate(
      `new Promise((resolve) => call.on("app-message", ({ data }) => resolve(data.type)))`,
    );
    await press("Control+Enter");
    expect(await arrived).toBe("from-keys");
  });

  await test.step("change a value of the room in place", async () => {
    await press("Escape");
    await tabTo("tab Send");
    await press("ArrowLeft");
    await expect(panel.getByRole("tab", { name: "Room", selected: true })).toBeFocused();
    await tabTo("treeitem {score");
    await press("ArrowRight");
    await press("ArrowRight");
    await expect(panel.getByRole("treeitem", { name: /^ada/ })).toBeFocused();
    await press("Enter");
    await expect(panel.getByLabel("Value of score.ada")).toBeFocused();
    await press("Control+a");
    await type("7");
    await press("Enter");
    // It says what it will send, and asks.
    await tabTo("button Set");
    await press("Enter");
    await expect
      .poll(() => bob.evaluate(() => window.call.meetingSessionState().data))
      .toEqual({ score: { ada: 7 } });
  });

  await test.step("export what was recorded", async () => {
    await tabTo("button Import recording");
    await press("ArrowRight");
    await expect(panel.getByRole("button", { name: "Export recording" })).toBeFocused();
    await press("Enter");
    await tabTo("button All events");
    const download = devtools.waitForEvent("download");
    await press("Enter");
    expect((await download).suggestedFilename()).toMatch(/\.json$/);
  });
});

// Where the focus is lost, arrows do nothing and the next Escape opens the drawer of DevTools.
test("every menu, pane and dialog gives the keyboard back to where it was", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await openCall("Bob");
  await page.bringToFront();
  const { panel, devtools } = await inspector.openPanel(page);
  const { press } = keysOf(panel, devtools);
  await page.evaluate(`call.sendAppMessage({ type: "chat", text: "hello" })`);
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");

  await test.step("the menu of a row", async () => {
    const grid = panel.getByRole("grid", { name: "Traffic" });
    const menu = panel.getByRole("menu");
    for (const way of ["key", "pointer"]) {
      await row(panel, "hello").click({ button: "right" });
      if (way === "key") {
        await press("Escape");
        await press("Shift+F10");
      }
      await expect(menu).toHaveCount(1);
      await press("ArrowRight");
      await expect(menu).toHaveCount(2);
      await press("Escape");
      await expect(menu).toHaveCount(1);
      await expect(panel.getByRole("menuitem", { name: "Copy", exact: true })).toBeFocused();
      await press("Escape");
      await expect(grid).toBeFocused();
    }
    await press("Shift+F10");
    await press("ArrowRight");
    await press("Enter");
    await expect(menu).toHaveCount(0);
    await expect(grid).toBeFocused();
  });

  const panes = panel.locator("button[popovertarget]:visible");
  const isOpen = panel.locator(":popover-open");
  for (const [index, name] of (await panes.evaluateAll(namesOf)).entries())
    await test.step(`the pane of ${name}`, async () => {
      const button = panes.nth(index);
      // What is pointed at doesn't take the focus: before, nothing had it.
      await panel.evaluate(() => (document.activeElement as HTMLElement).blur());
      for (const way of ["pointer", "key"]) {
        if (way === "key") await button.press("Enter");
        else await button.click();
        await expect(panel.locator(":popover-open:focus-within")).toHaveCount(1);
        await press("Escape");
        await expect(isOpen).toHaveCount(0);
        await expect(button).toBeFocused();
      }
    });

  await test.step("a pane that has lost the focus", async () => {
    await row(panel, "hello").click();
    const details = panel.getByRole("region", { name: "Details" });
    await expect(details).toBeVisible();
    const button = panel.getByRole("button", { name: "Settings", exact: true });
    await button.press("Enter");
    await expect(panel.locator(":popover-open:focus-within")).toHaveCount(1);
    await panel.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press("Escape");
    await expect(isOpen).toHaveCount(0);
    await expect(button).toBeFocused();
    await expect(details).toBeVisible();
  });

  await test.step("the dialog of a pane", async () => {
    const button = panel.getByRole("button", { name: "Settings", exact: true });
    await button.press("Enter");
    await panel.getByRole("button", { name: "Keyboard shortcuts" }).press("Enter");
    await expect(panel.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await press("Escape");
    await expect(button).toBeFocused();
  });
});

const namesOf = (buttons: Element[]): string[] =>
  buttons.map((button) => button.getAttribute("aria-label") ?? "");

/** What of a grid is selected, as text. */
const selectedText = (panel: Frame): Promise<string> =>
  panel
    .locator(`.traffic__rows [aria-selected="true"]`)
    .allInnerTexts()
    .then((texts) => texts.join(" "));

function keysOf(panel: Frame, devtools: Page) {
  const press = (key: string) => devtools.keyboard.press(key);
  /** What has the focus, as assistive technology would say it: role and name. */
  const focused = () =>
    panel.evaluate(() => {
      const element = document.activeElement;
      if (!element) return "";
      const role = element.getAttribute("role") ?? element.localName;
      return `${role} ${element.getAttribute("aria-label") ?? element.textContent?.trim()}`;
    });

  return {
    press,
    type: (text: string) => devtools.keyboard.type(text),
    /** Presses Tab until what begins with this role and name has the focus. */
    tabTo: async (start: string): Promise<void> => {
      const stops: string[] = [];
      for (let stop = 0; stop < MOST_STOPS; stop++) {
        const now = await focused();
        if (now.startsWith(start)) return;
        stops.push(now.slice(0, 30));
        await press("Tab");
      }
      throw new Error(`Tab never came to ${start}; it stopped at: ${stops.join(" | ")}`);
    },
  };
}
