import type { Page } from "@playwright/test";

import { exportRecording, expect, joined, row, test } from "./fixtures";
import { cutLinks } from "./cut-links";

/** Sends numbered messages from the page in one task. */
const burst = (page: Page, from: number, to: number) =>
  page.evaluate(
    ([first, last]) => {
      for (let n = first; n <= last; n++) window.call.sendAppMessage({ n });
    },
    [from, to] as const,
  );

/** The numbers of all such messages that a recording holds, in its order. */
const sentNumbers = (recording: Awaited<ReturnType<typeof exportRecording>>) =>
  recording.events.flatMap((event) =>
    event.kind === "method-called" ? [(JSON.parse(event.payload.json) as { n: number }).n] : [],
  );

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("the hook is there before the first script of the page", async ({ openCall }) => {
  const page = await openCall("Ada", "");
  expect(await page.evaluate(() => window.__hookWasFirst)).toBe(true);
});

test("a panel that opens late gets all of the history", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  await burst(page, 1, 600);
  const { panel, devtools } = await inspector.openPanel(page);
  await expect(row(panel, `{n: 600}`)).toBeVisible();
  const recording = await exportRecording(panel, devtools);
  expect(recording.events[0]).toMatchObject({ kind: "call-created", seq: 1 });
  expect(sentNumbers(recording)).toEqual(range(1, 600));
});

test("a history too long to keep says how much is missing, and who is in the call", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const bob = server.room(room).join({ userName: "Bob" });
  await page.waitForFunction(() => Object.keys(window.call.participants()).length === 2);
  await burst(page, 1, 12_000);
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "State of the call: joined-meeting, 2 participants")).toBeVisible();
  await expect(panel.locator(".status-bar .is-warning")).toHaveText(/^2,0\d\d dropped$/);
  bob.sendAppMessage("still known by name");
  await expect(row(panel, "Bob → Ada (you)", "still known by name")).toBeVisible();
});

test("2,000 messages in one burst all arrive, in order, and the page's listeners are undisturbed", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel, devtools } = await inspector.openPanel(bob);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await burst(ada, 1, 2_000);
  await burst(bob, 1, 2_000);
  await bob.waitForFunction(() => window.received.length === 2_000);
  expect(
    await bob.evaluate(() => window.received.map(({ data }) => (data as { n: number }).n)),
  ).toEqual(range(1, 2_000));

  await expect(panel.locator(".status-bar")).toContainText(/^4,0\d\d events/);
  const recording = await exportRecording(panel, devtools);
  expect(sentNumbers(recording)).toEqual(range(1, 2_000));
  const received = recording.events.flatMap((event) =>
    event.kind === "daily-event" && event.name === "app-message"
      ? [JSON.parse(event.payload.json) as { n: number }]
      : [],
  );
  expect(received.map(({ n }) => n)).toEqual(range(1, 2_000));
  expect(recording.events.map(({ seq }) => seq)).toEqual(range(1, recording.events.length));
});

test("looking back stops following, and one click follows again", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await burst(page, 1, 200);
  await expect(row(panel, `{n: 200}`)).toBeVisible();
  const follow = panel.getByRole("button", { name: "Follow the latest" });
  await expect(follow).toHaveCount(0);

  await panel.locator(".traffic__grid").hover();
  await panel.page().mouse.wheel(0, -2_000);
  await expect(follow).toBeVisible();
  await burst(page, 201, 300);
  await expect(panel.locator(".status-bar")).toContainText(/^30\d events/);
  await expect(row(panel, `{n: 300}`)).toHaveCount(0);
  await follow.click();
  await expect(row(panel, `{n: 300}`)).toBeVisible();
  await burst(page, 301, 301);
  await expect(row(panel, `{n: 301}`)).toBeVisible();
});

test("after a reload the panel shows the new call and says what became of the old", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage("before the reload")`);
  await expect(row(panel, "before the reload")).toBeVisible();
  await page.reload();
  await joined(page);
  await page.evaluate(`call.sendAppMessage("after the reload")`);
  await expect(row(panel, "after the reload")).toBeVisible();
  await expect(row(panel, "before the reload")).toHaveCount(0);
  await expect(row(panel, "call-created")).toHaveCount(1);
  await expect(panel.getByText(/Page reloaded or left; \d+ events cleared/)).toBeVisible();

  await panel.getByLabel("Preserve log").check();
  await page.reload();
  await joined(page);
  await expect(row(panel, "call-created")).toHaveCount(2);
  await expect(row(panel, "after the reload")).toBeVisible();
  await expect(panel.getByRole("combobox", { name: "Call" }).locator("option")).toHaveText([
    "All 2 calls",
    /Ada · page left$/,
    /Ada · joined$/,
  ]);
});

test("a page without Daily clears the panel and shows what to do, above a status bar at the bottom", async ({
  inspector,
  openCall,
  server,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await page.goto(`${server.origin}/pages/plain.html`);
  await expect(panel.getByText("No Daily call on this page yet")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Reload page" })).toBeVisible();
  const bottom = () =>
    panel
      .locator(".status-bar")
      .evaluate((bar) => innerHeight - bar.getBoundingClientRect().bottom);
  const views = panel.getByRole("tablist", { name: "View" });
  for (const view of ["Traffic", "Room", "Send", "Statistics", "Findings"]) {
    await views.getByRole("tab", { name: view }).click();
    await expect(panel.getByText("No Daily call on this page yet")).toBeVisible();
    expect(await bottom()).toBe(0);
  }
});

test("two tabs with two DevTools do not mix", async ({ inspector, openCall }) => {
  const [ada, bob] = [await openCall("Ada"), await openCall("Bob")];
  const ofAda = await inspector.openPanel(ada);
  const ofBob = await inspector.openPanel(bob);
  await ada.evaluate(`call.sendAppMessage("from Ada")`);
  await expect(row(ofBob.panel, "Ada → Bob (you)", "from Ada", "received")).toBeVisible();
  await expect(row(ofAda.panel, "Ada (you) → Everyone", "from Ada", "sent")).toBeVisible();
  const recordings = [
    await exportRecording(ofAda.panel, ofAda.devtools),
    await exportRecording(ofBob.panel, ofBob.devtools),
  ];
  const callIds = recordings.map(({ events }) => [...new Set(events.map(({ callId }) => callId))]);
  expect(callIds.map(({ length }) => length)).toEqual([1, 1]);
  expect(callIds[0]).not.toEqual(callIds[1]);
});

test("a link that is cut is made again, with nothing lost or doubled", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await burst(page, 1, 100);
  await expect(row(panel, `{n: 100}`)).toBeVisible();
  expect(await cutLinks(page)).toBe(1);
  await burst(page, 101, 300);
  await expect(row(panel, `{n: 300}`)).toBeVisible();
  expect(sentNumbers(await exportRecording(panel, devtools))).toEqual(range(1, 300));
  await expect(panel.locator(".status-bar")).not.toContainText("dropped");
});

test("a panel that is closed and opened again starts from the history", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await burst(page, 1, 50);
  await expect(row(panel, `{n: 50}`)).toBeVisible();
  await devtools.close();
  await burst(page, 51, 100);
  const again = await inspector.openPanel(page);
  await expect(row(again.panel, `{n: 100}`)).toBeVisible();
  expect(sentNumbers(await exportRecording(again.panel, again.devtools))).toEqual(range(1, 100));
});

test.describe("with the back/forward cache", () => {
  test.use({ options: { bfcache: true }, ownBrowser: true });

  test("a page that comes back continues", async ({ inspector, openCall, server }) => {
    const page = await openCall("Ada");
    const { panel, devtools } = await inspector.openPanel(page);
    await panel.getByLabel("Preserve log").check();
    await burst(page, 1, 20);
    await expect(row(panel, `{n: 20}`)).toBeVisible();
    await page.evaluate(() => {
      window.addEventListener(
        "pageshow",
        ({ persisted }) => void Reflect.set(window, "wasCached", persisted),
      );
    });
    await page.goto(`${server.origin}/pages/plain.html`);
    await expect(panel.locator(".status-bar")).toContainText("page left");
    // A page from the cache loads nothing, so "load" would never come.
    await page.goBack({ waitUntil: "commit" });
    await page.waitForFunction(() => "wasCached" in window);
    expect(await page.evaluate("wasCached")).toBe(true);
    await burst(page, 21, 40);
    await expect(row(panel, `{n: 40}`)).toBeVisible();
    expect(sentNumbers(await exportRecording(panel, devtools))).toEqual(range(1, 40));
    await expect(panel.locator(".status-bar")).toContainText("connected");
  });
});
