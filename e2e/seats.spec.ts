import type { Frame, Page } from "@playwright/test";

import { expect, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

const view = (panel: Frame, name: string) =>
  panel.getByRole("tablist", { name: "View" }).getByRole("tab", { name }).click();

/** Messages that differ from each other, with a moment between them. */
const sendSome = (page: Page, count: number) =>
  page.evaluate(async (messages) => {
    for (let n = 0; n < messages; n++) {
      window.call.sendAppMessage({ n });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, count);

test("statistics tell who received what from whom, and lead to the messages", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  const bob = await openCall("Bob");
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");
  await bob.bringToFront();
  await sendSome(bob, 3);
  await ada.bringToFront();
  await sendSome(ada, 25);
  await ada.evaluate(() => window.call.setUserData({ hand: "up" }));

  await view(panel, "Statistics");
  const messages = panel.getByRole("table", { name: "App: senders and receivers" });
  const cells = (name: string) =>
    messages.getByRole("row").filter({ hasText: name }).getByRole("cell");
  const ms = /^\d+(\.\d+)? ms$/;
  await expect(cells("Ada (you) → Bob")).toHaveText(["25", "25", "0", "0", "0", ms, ms]);
  await expect(cells("Bob → Ada (you)")).toHaveText(["3", "3", "0", "0", "0", "–", "–"]);
  const writes = panel.getByRole("table", { name: "User: senders and receivers" });
  await expect(writes.getByRole("row").nth(1).getByRole("cell")).toHaveText([
    "1",
    "1",
    "0",
    "0",
    "–",
    "–",
  ]);

  await cells("Bob → Ada (you)").nth(1).getByRole("button").click();
  await expect(panel.getByRole("combobox", { name: "Filter" })).toHaveValue(
    "seat:Bob dir:out channel:app to:Ada delivered:all,some,doubled",
  );
  await expect(panel.locator(".traffic__rows .row")).toHaveCount(3);
});

test.describe("with user data that takes long to spread", () => {
  const SPREAD_MS = 7_000;
  let usualMs = 0;
  // A page keeps what it was told when it joined.
  test.beforeEach(({ server }) => {
    usualMs = server.settings.userDataDelayMs;
    server.settings.userDataDelayMs = SPREAD_MS;
  });
  test.afterEach(({ server }) => {
    server.settings.userDataDelayMs = usualMs;
  });

  test("the Room tab compares what both pages hold, and says for how long they differ", async ({
    inspector,
    openCall,
  }) => {
    const ada = await openCall("Ada");
    const { panel } = await inspector.openPanel(ada);
    await view(panel, "Room");
    await expect(panel.getByRole("region", { name: "Compare rooms" })).toBeVisible();
    await expect(panel.getByRole("region", { name: "Seats" })).toHaveCount(0);
    await openCall("Bob");
    const seats = panel.getByRole("region", { name: "Seats" });
    await ada.evaluate(() => window.call.setMeetingSessionData({ stage: "Ada", votes: 1 }));
    await expect(seats).toContainText("Both seats agree: 2 keys of session data");

    await ada.evaluate(() => window.call.setUserData({ hand: "up" }));
    const line = seats.getByRole("row").filter({ hasText: "Ada’s user data" });
    await expect(line.getByRole("cell")).toHaveText([
      /^for \d+(\.\d+)? m?s$/,
      `{hand: "up"}`,
      "none",
    ]);
    await expect(seats).toContainText("Both seats agree on the rest: 2 keys of session data");
    await expect(line.locator(".is-warning")).toHaveText(/^for [56](\.\d+)? s$/);
    await expect(seats).toContainText(
      "Both seats agree: 2 keys of session data, user data of 1 participant",
    );
    await expect(line).toHaveCount(0);
  });
});

test("a message goes through the tab that is chosen to send from, and arrives here", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  await openSend(panel, "App message");
  await expect(panel.getByText(/^through Ada/)).toBeVisible();
  const bob = await openCall("Bob");
  await panel.getByLabel("Send from").selectOption("Bob’s tab");
  await expect(panel.getByText("through Bob’s tab")).toBeVisible();
  await type(panel, `{ "type": "hi", "text": "from Bob" }`);
  await submit(panel);
  await expect(sent(panel)).toHaveText([/^sent.*"from Bob"/]);
  await expect
    .poll(() => ada.evaluate(() => window.received.map(({ data }) => data as unknown)))
    .toEqual([{ type: "hi", text: "from Bob" }]);

  await view(panel, "Traffic");
  await panel.getByRole("combobox", { name: "Filter" }).fill("seat:Bob dir:out");
  const line = row(panel, "from Bob");
  await expect(line.locator(".cell--delivered")).toHaveText(/^1 of 1/);
  await line.click();
  await panel.getByRole("button", { name: "Resend from Bob’s tab" }).click();
  await expect(panel.getByText("Sent again from Bob’s tab.")).toBeVisible();
  await expect(line).toHaveCount(2);

  await openSend(panel, "App message");
  await bob.close();
  await expect(panel.getByText(/^Bob’s tab is gone: this now goes through Ada/)).toBeVisible();
  await expect(panel.getByLabel("Send from")).toHaveCount(0);
});

test.describe("in a window of 900 px", () => {
  test.use({ options: { window: { width: 900, height: 600 } } });

  test("a seat pushes nothing of the toolbar out of sight", async ({ inspector, openCall }) => {
    const ada = await openCall("Ada");
    const { panel } = await inspector.openPanel(ada);
    await openCall("Bob");
    await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");
    await expect(panel.getByRole("button", { name: "Settings" })).toBeInViewport({ ratio: 1 });
    await expect(panel.getByRole("button", { name: "Call", exact: true })).toBeInViewport({
      ratio: 1,
    });
  });
});
