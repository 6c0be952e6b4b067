import type { Frame, Locator, Page } from "@playwright/test";

import { cutLinks } from "./cut-links";
import { expect, joined, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

test("another tab of the room is a seat, whose arrivals are shown as deliveries", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 0");
  const bob = await openCall("Bob");
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");
  // Another room is left alone.
  const other = await inspector.newPage();
  await other.goto(`${server.origin}/pages/call.html?room=${room}-other&name=Eve&autojoin=1`);
  await joined(other);

  await ada.evaluate(() => window.call.sendAppMessage({ type: "hi", text: "to Bob" }));
  const sent = row(panel, "to Bob").first();
  await expect(sent.locator(".cell--delivered")).toHaveText(/^1 of 1 · \d+(\.\d+)? ms$/);
  await sent.click();
  await panel.getByRole("tab", { name: "Delivery" }).click();
  await expect(panel.getByRole("tabpanel", { name: "Delivery" })).toContainText(
    /Bob, received after \d+(\.\d+)? ms by 1 listener/,
  );
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");

  await bob.close();
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 0");
});

const seatsButton = (panel: Frame) => panel.getByRole("button", { name: "Seats" });

/** Opens the menu of seats, does something in it, and closes it. */
async function inSeatsMenu<T>(panel: Frame, act: (menu: Locator) => Promise<T>): Promise<T> {
  const menu = panel.getByRole("dialog", { name: "Seats" });
  await seatsButton(panel).click();
  await expect(menu).toBeVisible();
  const result = await act(menu);
  await menu.press("Escape");
  await expect(menu).toBeHidden();
  return result;
}

/** What the menu lists, each seat in a line. */
const listedSeats = (panel: Frame) =>
  inSeatsMenu(panel, async (menu) => {
    const lines = await menu.getByRole("listitem").allInnerTexts();
    return lines.map((text) => text.replace(/\s+/g, " "));
  });

const say = (page: Page | Frame, data: unknown, to: string | string[] = "*") =>
  page.evaluate(([what, whom]) => void window.call.sendAppMessage(what, whom), [data, to] as const);

test("a seat ends with its page, another begins after a reload, and none is there when none is wanted", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  const bob = await openCall("Bob");
  const eve = await openCall("Eve", `autojoin=1&url=${server.origin}/${room}-other`);
  await expect(seatsButton(panel)).toHaveText("Seats 1");
  await say(bob, { text: "from the first page" });
  await expect(row(panel, "from the first page")).toHaveCount(1);
  // Asked of the relays: one link to Bob's page, which is made again, and none to the page in the other room.
  expect(await cutLinks(eve)).toBe(0);
  expect(await cutLinks(bob)).toBe(1);
  await say(bob, { text: "after the cut" });
  await expect(seatsButton(panel)).toHaveText("Seats 1");
  await say(ada, { text: "to the first page" });
  await expect(row(panel, "to the first page").locator(".cell--delivered")).toHaveText(/^1 of 1/);
  expect(await listedSeats(panel)).toEqual([expect.stringMatching(/^Bob joined .* events$/)]);

  await bob.reload();
  await joined(bob);
  await expect(seatsButton(panel)).toHaveText("Seats 1");
  await say(ada, { text: "to the second page" });
  await expect(row(panel, "to the second page").locator(".cell--delivered")).toHaveText(/^1 of 1/);
  expect(await listedSeats(panel)).toEqual([
    expect.stringMatching(/^Bob out of view .* events$/),
    expect.stringMatching(/^Bob joined .* events$/),
  ]);

  await inSeatsMenu(panel, (menu) => menu.getByLabel("Watch other tabs in this room").uncheck());
  await expect(seatsButton(panel)).toHaveText("Seats 0");
  expect(await cutLinks(bob)).toBe(0);
  await say(ada, { text: "unwatched" });
  await expect(row(panel, "unwatched")).toHaveCount(1);
  await expect
    .poll(() => bob.evaluate(() => window.received.some(({ data }) => data.text === "unwatched")))
    .toBe(true);

  // Watched again, it brings what it has received in the meantime.
  await inSeatsMenu(panel, (menu) => menu.getByLabel("Watch other tabs in this room").check());
  await expect(row(panel, "unwatched").locator(".cell--delivered")).toHaveText(/^1 of 1/);
  await bob.close();
  await expect(seatsButton(panel)).toHaveText("Seats 0");
  expect(await cutLinks(ada)).toBe(1);
});

test("two panels that watch each other's tabs disturb neither each other nor the pages", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel: adasPanel } = await inspector.openPanel(ada);
  const { panel: bobsPanel } = await inspector.openPanel(bob);
  for (const panel of [adasPanel, bobsPanel])
    await expect(seatsButton(panel)).toHaveText("Seats 1");
  const times = 300;
  for (const page of [ada, bob])
    await page.evaluate((count) => {
      const name = window.call.participants().local.user_name;
      for (let n = 0; n < count; n++) window.call.sendAppMessage({ of: name, n });
    }, times);
  // A command of each, of the other's as well as of one's own.
  for (const [panel, name] of [
    [adasPanel, "Ada"],
    [bobsPanel, "Bob"],
  ] as const) {
    await openSend(panel, "App message");
    await type(panel, JSON.stringify({ of: name, by: "panel" }));
    await submit(panel);
    await expect(sent(panel).first()).toContainText("sent");
  }
  for (const [page, other] of [
    [ada, "Bob"],
    [bob, "Ada"],
  ] as const)
    await expect
      .poll(() => page.evaluate(() => window.received.map(({ data }) => data as unknown)))
      .toEqual([
        ...Array.from({ length: times }, (_, n) => ({ of: other, n })),
        { of: other, by: "panel" },
      ]);

  for (const [panel, page, name] of [
    [adasPanel, ada, "Ada"],
    [bobsPanel, bob, "Bob"],
  ] as const) {
    // What the other panel sent is none of its own.
    await expect(sent(panel)).toHaveCount(1);
    await expect(sent(panel)).toContainText(`"of":"${name}"`);
    await panel.getByRole("tab", { name: "Traffic" }).click();
    await expect(row(panel, `by: "panel"`, "sent").locator(".cell--delivered")).toHaveText(
      /^1 of 1/,
    );
    await panel.getByRole("combobox", { name: "Filter" }).fill("delivered:all");
    await expect(panel.locator(".status-bar")).toContainText(`${times + 1} rows shown`);
    await expect(panel.locator(".status-bar")).not.toContainText("dropped");
    expect(await cutLinks(page)).toBe(2);
    await expect(seatsButton(panel)).toHaveText("Seats 1");
  }
});

/** Ids of the tabs in front of their windows. */
const tabsInFront = (panel: Frame) =>
  panel.evaluate(async () =>
    (await chrome.tabs.query({ active: true, windowType: "normal" })).map(({ id }) => id),
  );

test("calls in frames count as their tabs do, and a click on a seat shows its tab", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  await expect(seatsButton(panel)).toHaveText("Seats 1");
  const framed: Frame[] = [];
  for (const [page, name] of [
    [ada, "Adele"],
    [bob, "Bobby"],
  ] as const) {
    const src = `${server.origin}/pages/call.html?room=${room}&name=${name}&autojoin=1`;
    await page.evaluate((address) => {
      document.body.append(Object.assign(document.createElement("iframe"), { src: address }));
    }, src);
    await expect.poll(() => page.frame({ url: src })).not.toBeNull();
    const frame = page.frame({ url: src }) as Frame;
    await joined(frame);
    framed.push(frame);
  }
  // A frame of the page is the page's own; one of another tab is another seat there.
  await expect(seatsButton(panel)).toHaveText("Seats 2");
  await say(framed[1] as Frame, { text: "from Bobby" });
  await say(framed[0] as Frame, { text: "from Adele" });
  await say(ada, { text: "from Ada" });
  for (const text of ["from Adele", "from Ada"])
    await expect(row(panel, text, "sent").locator(".cell--delivered")).toHaveText(/^3 of 3 · /);
  // Of Bobby, whose events are not the page's, there are the arrivals at both of its calls.
  await expect(row(panel, "from Bobby")).toHaveCount(2);
  await inSeatsMenu(panel, (menu) => menu.getByLabel("Show their events, too").check());
  await expect(row(panel, "from Bobby")).toHaveCount(4);
  await expect(row(panel, "from Bobby", "sent").locator(".cell--delivered")).toHaveText(/^3 of 3/);
  await panel.getByRole("combobox", { name: "Filter" }).fill("seat:Bobby");
  await expect(row(panel, "from Bobby")).toHaveCount(1);

  const eve = await openCall("Eve", "");
  const [behind] = await tabsInFront(panel);
  await seatsButton(panel).click();
  await panel.getByRole("list", { name: "Seats" }).getByRole("button", { name: "Bobby" }).click();
  await expect.poll(() => tabsInFront(panel)).not.toContain(behind);
  const [bobsTab] = await tabsInFront(panel);
  expect(bobsTab).not.toBe(await panel.evaluate(() => chrome.devtools.inspectedWindow.tabId));
  await expect(panel.getByRole("list", { name: "Seats" })).toHaveCount(0);
  await eve.bringToFront();
  await expect.poll(() => tabsInFront(panel)).toEqual([behind]);
  await bob.bringToFront();
  await expect.poll(() => tabsInFront(panel)).toEqual([bobsTab]);
});
