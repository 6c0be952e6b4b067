import type { Frame, Page } from "@playwright/test";

import { exportRecording, expect, row, test } from "./fixtures";

const overviewOf = (panel: Frame) => panel.getByRole("application", { name: /^Overview/ });
const summaryOf = (panel: Frame) => panel.locator("#overview-summary");
const chipOf = (panel: Frame) => panel.getByRole("button", { name: /^Show all times/ });

/** Says two things a sync of session data apart, and leaves. */
async function talk(page: Page, panel: Frame): Promise<void> {
  await page.evaluate(`call.sendAppMessage("first")`);
  await page.evaluate(`call.setMeetingSessionData({ between: 1 })`);
  await expect(row(panel, "Session", "between", "synced")).toBeVisible();
  await page.evaluate(`call.sendAppMessage("second")`);
  await page.evaluate(`call.leave()`);
  await expect(row(panel, "left-meeting")).toBeVisible();
}

/** Where a message that was sent is, by what the tooltip says of the time at two other places. */
async function placeOf(panel: Frame, devtools: Page, text: string): Promise<number> {
  const { events } = await exportRecording(panel, devtools);
  const sent = events.find((event) => "payload" in event && event.payload?.json.includes(text));
  const box = await overviewOf(panel).boundingBox();
  if (!box || !sent || !events[0]) throw new Error(`There is no ${text} in the overview.`);
  const elapsedAt = async (x: number) => {
    await devtools.mouse.move(x, box.y + 4);
    const tip = panel.locator(".overview__tip");
    // The whole takes some seconds.
    await expect(tip).toHaveText(/· \d+(\.\d+)? m?s$/);
    const [, elapsed, unit] = /· ([\d.]+) (m?s)$/.exec((await tip.textContent()) ?? "") ?? [];
    return Number(elapsed) * (unit === "s" ? 1_000 : 1);
  };
  const [left, right] = [box.x + box.width * 0.3, box.x + box.width * 0.7];
  const [early, late] = [await elapsedAt(left), await elapsedAt(right)];
  return left + ((sent.at - events[0].at - early) / (late - early)) * (right - left);
}

async function drag(devtools: Page, from: number, to: number, y: number): Promise<void> {
  await devtools.mouse.move(from, y);
  await devtools.mouse.down();
  await devtools.mouse.move((from + to) / 2, y);
  await devtools.mouse.move(to, y);
  await devtools.mouse.up();
}

test("a span that is drawn filters the table; its edges move, and a click chooses a row", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await talk(page, panel);
  const box = await overviewOf(panel).boundingBox();
  const y = (box?.y ?? 0) + 18;
  const [first, second] = [
    await placeOf(panel, devtools, "first"),
    await placeOf(panel, devtools, "second"),
  ];

  await drag(devtools, first - 20, first + 20, y);
  await expect(row(panel, "second")).toHaveCount(0);
  await expect(row(panel, "first")).toBeVisible();
  await expect(summaryOf(panel)).toContainText("Chosen span");

  await drag(devtools, first + 20, (box?.x ?? 0) + (box?.width ?? 0) - 1, y);
  await expect(row(panel, "second")).toBeVisible();
  await expect(row(panel, "first")).toBeVisible();
  await drag(devtools, first - 20, (first + second) / 2, y);
  await expect(row(panel, "first")).toHaveCount(0);
  await expect(row(panel, "second")).toBeVisible();

  await chipOf(panel).click();
  await expect(row(panel, "first")).toBeVisible();
  await expect(chipOf(panel)).toHaveCount(0);

  await devtools.mouse.click(second, y);
  await expect(row(panel, "second")).toHaveAttribute("aria-selected", "true");
  await devtools.mouse.click(first, y);
  await expect(row(panel, "first")).toHaveAttribute("aria-selected", "true");

  await drag(devtools, first - 20, first + 20, y);
  await expect(chipOf(panel)).toBeVisible();
  await devtools.mouse.dblclick(first + 100, y);
  await expect(chipOf(panel)).toHaveCount(0);
});

test("the keyboard zooms, moves, chooses a span and clears it", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await talk(page, panel);
  const [overview, summary] = [overviewOf(panel), summaryOf(panel)];
  const showAll = panel.getByRole("button", { name: "Show all", exact: true });
  await overview.focus();
  await expect(summary).toContainText("Shown: 0 s to");
  await expect(summary).toContainText("App messages sent: 2 events");
  await expect(summary).toContainText("No span chosen.");

  for (let press = 0; press < 4; press++) await overview.press("+");
  await expect(summary).not.toContainText("Shown: 0 s to");
  await expect(showAll).toBeVisible();
  await overview.press("Home");
  await expect(summary).toContainText("Shown: 0 s to");
  await overview.press("Enter");
  await expect(chipOf(panel)).toBeVisible();
  await expect(row(panel, "left-meeting")).toHaveCount(0);
  await expect(row(panel, "call-created")).toBeVisible();
  await overview.press("ArrowRight");
  await expect(summary).not.toContainText("Shown: 0 s to");
  await overview.press("Escape");
  await expect(chipOf(panel)).toHaveCount(0);
  await expect(row(panel, "left-meeting")).toBeVisible();

  await overview.press("0");
  await expect(showAll).toHaveCount(0);
  await overview.press("Shift+ArrowRight");
  await expect(chipOf(panel)).toBeVisible();
  await expect(row(panel, "call-created")).toHaveCount(0);
  for (let press = 0; press < 6; press++) await overview.press("Shift+ArrowLeft");
  await expect(row(panel, "call-created")).toBeVisible();
});

test("it follows a call until someone looks back, and again when asked to", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const [overview, summary] = [overviewOf(panel), summaryOf(panel)];
  const live = panel.getByRole("button", { name: "Live", exact: true });
  const showAll = panel.getByRole("button", { name: "Show all", exact: true });
  await expect(summary).toContainText("Follows the call.");
  const before = await summary.textContent();
  await expect(summary).not.toHaveText(before ?? "");
  await expect(live).toHaveCount(0);
  await expect(showAll).toHaveCount(0);

  await overview.hover();
  await devtools.mouse.wheel(0, -300);
  await expect(live).toBeVisible();
  await expect(showAll).toBeVisible();
  await expect(summary).not.toContainText("Follows the call.");
  await page.evaluate(`call.sendAppMessage("later")`);
  await expect(row(panel, "later")).toBeVisible();
  await expect(summary).toContainText("App messages sent: 0 events");

  await live.click();
  await expect(live).toHaveCount(0);
  await expect(summary).toContainText("Follows the call.");
  // What was sent before may be too old by now for what is shown.
  await page.evaluate(`call.sendAppMessage("latest")`);
  await expect(summary).toContainText(/App messages sent: [12] events?/);
  await expect(summary).not.toContainText("Shown: 0 s to");

  await showAll.click();
  await expect(showAll).toHaveCount(0);
  await expect(summary).toContainText("Shown: 0 s to");
  await expect(summary).toContainText("Follows the call.");
});

test("the tooltip says what is under a pointer that rests while the view changes", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const [overview, tip] = [overviewOf(panel), panel.locator(".overview__tip")];
  const changes = async (action: () => Promise<void>) => {
    const before = (await tip.textContent()) ?? "";
    await action();
    await expect(tip).not.toHaveText(before);
  };
  await overview.hover();
  await expect(tip).toBeVisible();
  await changes(async () => {});
  await page.evaluate(`call.leave()`);
  await expect(row(panel, "left-meeting")).toBeVisible();
  await expect(summaryOf(panel)).not.toContainText("Follows the call.");

  const box = await overview.boundingBox();
  const late = (box?.x ?? 0) + (box?.width ?? 0) * 0.8;
  await changes(() => devtools.mouse.move(late, (box?.y ?? 0) + 4));
  const whole = (await tip.textContent()) ?? "";
  await changes(() => overview.press("+"));
  await changes(() => devtools.mouse.wheel(-50, 0));
  await changes(() => overview.press("0"));
  await expect(tip).toHaveText(whole);
});

test("what went wrong is marked, and the toolbar hides it all", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  const summary = summaryOf(panel);
  await page.evaluate(`try { call.sendAppMessage("x".repeat(5000)) } catch {}`);
  await page.evaluate(() => {
    window.call.setMeetingSessionData({ lost: 1 });
    window.call.setMeetingSessionData({ kept: 1 });
  });
  await expect(summary).toContainText("App messages sent: 1 event, 1 error.");
  await expect(summary).toContainText("Session data written: 2 events, 1 warning.");

  await panel.getByRole("button", { name: "Overview", exact: true }).click();
  await expect(overviewOf(panel)).toHaveCount(0);
  await panel.getByRole("button", { name: "Overview", exact: true }).click();
  await expect(overviewOf(panel)).toBeVisible();
  await expect(summary).toContainText("App messages sent: 1 event, 1 error.");
});
