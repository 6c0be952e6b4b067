import type { Frame, Page } from "@playwright/test";

import { expect, joined, test as base } from "./fixtures";

/** Opens a page in the room: one whose listener throws on `crash`, or one that listens to nothing. */
type OpenSinner = (name: string, query?: string) => Promise<Page>;

const test = base.extend<{ openSinner: OpenSinner }>({
  openSinner: async ({ inspector, server, room }, use) => {
    await use(async (name, query = "") => {
      const page = await inspector.newPage();
      await page.goto(`${server.origin}/pages/sins.html?room=${room}&name=${name}${query}`);
      await page.evaluate(() => void window.call.join());
      await joined(page);
      return page;
    });
  },
});

const rule = (panel: Frame, name: string) => panel.getByRole("region", { name, exact: true });

test("what listeners of other pages did with a message is found in the sender’s panel, by name and line", async ({
  inspector,
  openSinner,
  openCall,
}) => {
  const ada = await openSinner("Ada");
  const { panel } = await inspector.openPanel(ada);
  await openSinner("Bob");
  await openSinner("Dee", "&silent=1");
  await openCall("Cy");
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 3");
  await ada.evaluate(() => {
    window.call.sendAppMessage({ type: "crash" });
    window.sins["sendToEmptyRoom"]?.();
  });

  await panel.getByRole("tab", { name: "Findings" }).click();
  const threw = rule(panel, "A listener threw at another participant");
  await expect(threw.locator(".finding p").first()).toHaveText(
    /^A listener at Bob threw on 1 message of type crash: TypeError: .+ \(sins\.html:\d+\)\. 1 other handled the same message\.$/,
  );
  const unheard = rule(panel, "Arrived at a page that doesn’t listen");
  const state = unheard.locator(".finding").filter({ hasText: "type state" });
  await expect(unheard.locator(".finding")).toHaveCount(2);
  await expect(state.locator("p").first()).toHaveText(
    "1 message of type state arrived at Dee, whose page had no listener.",
  );
  await expect(state.getByRole("button", { name: /^sins\.html:\d+$/ })).toBeVisible();

  await state.getByRole("button", { name: /^#\d+$/ }).click();
  await expect(panel.locator(".row[aria-selected=true]")).toContainText("state");
});

test("what happened before the panel opened is found as well", async ({
  inspector,
  openSinner,
}) => {
  const ada = await openSinner("Ada");
  await openSinner("Dee", "&silent=1");
  await ada.evaluate(() => window.sins["sendToEmptyRoom"]?.());
  const { panel } = await inspector.openPanel(ada);
  await panel.getByRole("tab", { name: "Findings" }).click();
  await expect(rule(panel, "Arrived at a page that doesn’t listen")).toContainText(
    "1 message of type state arrived at Dee, whose page had no listener.",
  );
});
