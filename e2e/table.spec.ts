import type { Frame } from "@playwright/test";

import { expect, row, test } from "./fixtures";

async function option(panel: Frame, role: "radio" | "checkbox", name: string): Promise<void> {
  await panel.getByRole("button", { name: "Table options" }).click();
  await panel.getByRole(role, { name }).click();
  await panel.getByRole("button", { name: "Table options" }).click();
}

test("rows that take over the elements of others look like what they are", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  const bob = server.room(room).join({ userName: "Bob" });
  await page.evaluate(
    `for (let n = 0; n < 60; n++) try { call.sendAppMessage("x".repeat(5000)); } catch {}`,
  );
  await expect(row(panel, "refused").first()).toBeVisible();
  for (let n = 0; n < 9; n++) bob.sendAppMessage({ n });
  await expect(row(panel, `{n: 8}`)).toBeVisible();
  const looks = await panel.locator(".traffic__rows .row").evaluateAll((rows) =>
    rows.map((each) => {
      const [direction, status] = ["direction", "status"].map((name) =>
        each.querySelector(`.cell--${name}`),
      );
      return {
        says: direction?.textContent,
        draws: direction && getComputedStyle(direction, "::before").content,
        status: status?.textContent,
        colour: status && getComputedStyle(status).color,
      };
    }),
  );
  const received = looks.filter(({ says }) => says === "received");
  expect(received.length).toBeGreaterThanOrEqual(9);
  for (const look of received) expect(look).toEqual({ ...received[0], draws: '"↓"' });
  for (const look of looks.filter(({ says }) => says === "sent by this page")) {
    expect(look).toMatchObject({ draws: '"↑"', status: "refused" });
    expect(look.colour).not.toBe(received[0]?.colour);
  }
});

test("the search steps through matches in payloads and marks them", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(
    `for (let n = 0; n < 300; n++) call.sendAppMessage({ n, pad: "x".repeat(400), deep: n % 100 === 7 ? "needle" : "hay" })`,
  );
  await expect(panel.locator(".status-bar")).toContainText(/3\d\d events/);
  await panel.locator(".traffic__grid").press("Control+f");
  const input = panel.getByRole("textbox", { name: "Find in rows and payloads" });
  await expect(input).toBeFocused();
  await input.fill("NEEDLE");
  await expect(panel.locator(".find__count")).toHaveText("3 found");
  for (const [key, n, position] of [
    ["Enter", 7, "1 of 3"],
    ["Enter", 107, "2 of 3"],
    ["Enter", 207, "3 of 3"],
    ["Enter", 7, "1 of 3"],
    ["Shift+Enter", 207, "3 of 3"],
  ] as const) {
    await input.press(key);
    await expect(panel.locator(".find__count")).toHaveText(position);
    await expect(panel.locator(`.row[aria-selected="true"]`)).toContainText(`{n: ${n},`);
  }
  await expect
    .poll(() => panel.evaluate(() => CSS.highlights.get("found")?.size))
    .toBeGreaterThan(0);
  await input.press("Escape");
  await expect(input).toHaveCount(0);
  await expect(panel.locator(".traffic__grid")).toBeFocused();
});

test("several rows are chosen, copied as a table and pinned", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`for (let n = 0; n < 5; n++) call.sendAppMessage({ type: "t", n })`);
  await row(panel, `n: 1`).click();
  await row(panel, `n: 3`).click({ modifiers: ["Shift"] });
  await expect(panel.locator(`.row[aria-selected="true"]`)).toHaveCount(3);
  await panel.locator(".traffic__grid").press("Shift+ArrowDown");
  await expect(panel.locator(`.row[aria-selected="true"]`)).toHaveCount(4);

  // What is copied is pasted where it can be read.
  await panel.locator(".traffic__grid").press("Control+c");
  await panel.locator(".traffic__grid").press("Control+f");
  const find = panel.getByRole("textbox", { name: "Find in rows and payloads" });
  await find.press("Control+v");
  for (const n of [1, 2, 3, 4]) await expect(find).toHaveValue(new RegExp(`t.*"n":${n}\\}`));
  await expect(find).not.toHaveValue(/"n":0/);
  await find.press("Escape");

  await row(panel, `n: 2`).click();
  await row(panel, `n: 2`).click({ button: "right" });
  await panel.getByRole("menuitem", { name: "Pin row to the top" }).click();
  await page.evaluate(`for (let n = 10; n < 100; n++) call.sendAppMessage({ n })`);
  await expect(panel.locator(".traffic__pinned")).toContainText(`n: 2`);
  await expect(panel.locator(".traffic__pinned")).toBeInViewport();
});

test("letters jump to a type, and settings outlive the panel", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(
    `["alpha", "beta", "better"].forEach((type) => call.sendAppMessage({ type }))`,
  );
  await row(panel, "alpha").click();
  await panel.locator(".traffic__grid").press("b");
  await expect(panel.locator(`.row[aria-selected="true"]`)).toContainText("beta");
  await panel.locator(".traffic__grid").press("e");
  await panel.locator(".traffic__grid").press("t");
  await panel.locator(".traffic__grid").press("t");
  await expect(panel.locator(`.row[aria-selected="true"]`)).toContainText("better");

  await option(panel, "radio", "Since the call object was made");
  await option(panel, "checkbox", "Status");
  await expect(row(panel, "alpha").locator(".cell--time")).toHaveText(/^\+\d+\.\d{3}$/);
  await devtools.close();
  const again = await inspector.openPanel(page);
  await expect(row(again.panel, "alpha").locator(".cell--time")).toHaveText(/^\+\d+\.\d{3}$/);
  await expect(again.panel.getByRole("columnheader", { name: "Status" })).toHaveCount(0);
});

test("a column is as wide as it is dragged, and a double click gives it back", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  // Nothing moves any more once it has its rows.
  await expect(row(panel, "joined-meeting")).toBeVisible();
  const head = panel.getByRole("columnheader", { name: "From → to" });
  const widthOf = async () => Math.round((await head.boundingBox())?.width ?? 0);
  const before = await widthOf();
  const edge = await head.locator(".head__edge").boundingBox();
  if (!edge) throw new Error("The column has no edge");
  await devtools.mouse.move(edge.x + 4, edge.y + 5);
  await devtools.mouse.down();
  await devtools.mouse.move(edge.x + 64, edge.y + 5, { steps: 3 });
  await devtools.mouse.up();
  await expect.poll(widthOf).toBe(before + 60);
  await head.locator(".head__edge").dblclick();
  await expect.poll(widthOf).toBe(before);
  await head.getByRole("button").press("Alt+ArrowLeft");
  await expect.poll(widthOf).toBe(before - 8);
});

// A number without its first digits is another number, and nothing about it says so.
test("a size is never shown without its first digits, however narrow its column", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(() => {
    for (const length of [150_000, 1_000_000])
      try {
        window.call.setMeetingSessionData({ text: "x".repeat(length) });
      } catch {
        // Its row says so.
      }
  });
  const sizes = panel.locator(".row--error .cell--size");
  await expect(sizes).toHaveText(["150,011", "1 M"]);
  const places = () =>
    sizes.evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect().left >= cell.getBoundingClientRect().left;
      }),
    );
  expect(await places()).toEqual([true, true]);
  const head = panel.getByRole("columnheader", { name: "Size" });
  for (const width of [72, 40]) {
    while (((await head.boundingBox())?.width ?? 0) > width)
      await head.getByRole("button").press("Alt+ArrowLeft");
    await expect(sizes.first()).toHaveText("150,011");
    expect(await places()).toEqual([true, true]);
  }
});

test.describe("docked low", () => {
  test.use({ options: { dock: "bottom", dockedSize: 250 } });

  test("what follows the latest covers nothing that says which rows these are", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await page.evaluate(`for (let n = 1; n <= 40; n++) call.sendAppMessage({ n })`);
    await expect(row(panel, "{n: 40}")).toBeVisible();
    const grid = panel.getByRole("grid", { name: "Traffic" });
    await grid.evaluate((element) => element.scrollTo(0, 0));
    const follow = panel.getByRole("button", { name: "Follow the latest" });
    const box = await follow.boundingBox();
    const summary = await panel.getByRole("columnheader", { name: "Summary" }).boundingBox();
    if (!box || !summary) throw new Error("There is nothing to measure");
    expect(box.x).toBeGreaterThan(summary.x);
    expect(box.x + box.width).toBeLessThan(summary.x + summary.width);
    await follow.click();
    await expect(row(panel, "{n: 40}")).toBeInViewport();
    await expect(follow).toHaveCount(0);
  });
});
