import { expect, row, test } from "./fixtures";

test("the head of a group that is far away comes into sight, and so does a row whose group opens", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(
    `for (let n = 0; n < 90; n++) call.sendAppMessage({ type: n < 10 ? "first" : "then", n })`,
  );
  await row(panel, `n: 85`).click();
  await panel.getByRole("button", { name: "Table options" }).click();
  await panel.getByRole("radio", { name: /^By type/ }).click();
  await panel.getByRole("button", { name: "Table options" }).click();
  await expect(row(panel, `n: 85`)).toBeInViewport({ ratio: 0.9 });

  const grid = panel.locator(".traffic__grid");
  await grid.press("ArrowLeft");
  const head = panel.locator(".row--group", { hasText: "then" });
  await expect(head).toHaveAttribute("aria-selected", "true");
  await expect(head).toBeInViewport({ ratio: 0.9 });
  await grid.press("ArrowRight");
  await grid.press("End");
  await expect(row(panel, `n: 89`)).toBeInViewport({ ratio: 0.9 });
  await grid.press("Home");
  await expect(panel.locator(".row--group").first()).toBeInViewport({ ratio: 0.9 });
});

test("what is typed right after Ctrl+F is searched for", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ kind: "unmute" })`);
  await row(panel, "unmute").click();
  await panel.locator(".traffic__grid").focus();
  await devtools.keyboard.press("Control+f");
  await devtools.keyboard.type("unmute");
  const find = panel.getByRole("textbox", { name: "Find in rows and payloads" });
  await expect(find).toHaveValue("unmute");
});

test.describe("docked at the side", () => {
  test.use({ options: { dock: "right", dockedSize: 400 } });

  test("a row that is looked at stays in sight while more come, until the end is asked for", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await page.evaluate(`for (let n = 0; n < 60; n++) call.sendAppMessage({ n })`);
    await row(panel, `n: 50`).click();
    await expect(panel.getByRole("region", { name: "Details" })).toBeVisible();
    await expect(row(panel, `n: 50`)).toBeInViewport({ ratio: 0.9 });
    await expect(panel.locator(".tree")).toBeInViewport({ ratio: 0.9 });
    await page.evaluate(`for (let n = 60; n < 120; n++) call.sendAppMessage({ n })`);
    await expect(panel.locator(".status-bar")).toContainText(/1[2-9]\d events/);
    await expect(row(panel, `n: 50`)).toBeInViewport({ ratio: 0.9 });
    await panel.getByRole("button", { name: "Follow the latest" }).click();
    await expect(row(panel, `n: 119`)).toBeInViewport({ ratio: 0.9 });
  });
});
