import { exportRecording, expect, row, test } from "./fixtures";
import { backToLive, banner, open } from "./open-recording";

test.use({ options: { dock: "right", dockedSize: 400 } });

test("each recording opens at its top, and nothing in it looks live", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const grid = panel.locator(".traffic__grid");
  const follow = panel.getByRole("button", { name: "Follow the latest" });
  const dot = panel.locator(".call__state");
  await page.evaluate(`for (let n = 1; n <= 60; n++) call.sendAppMessage({ n })`);
  await expect(row(panel, `{n: 60}`)).toBeVisible();
  await expect(dot).toHaveClass(/call__state--joined/);
  const recording = JSON.stringify(await exportRecording(panel, devtools));

  for (const name of ["first.json", "second.json"]) {
    await open(panel, devtools, name, recording);
    await expect(banner(panel)).toContainText(name);
    await expect(row(panel, "call-created")).toBeInViewport();
    await expect(follow).toHaveCount(0);
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(row(panel, `{n: 60}`)).toBeInViewport();
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    await expect(row(panel, `{n: 30}`)).toBeInViewport();
    await expect(follow).toHaveCount(0);
  }
  await expect(dot).toHaveClass(/call__state--left/);
  await expect(panel.locator(".call")).toHaveText(/ · Ada$/);

  const status = panel.locator(".status-bar");
  await panel.getByRole("combobox", { name: "Filter" }).fill("size:none late:never");
  await expect(status).toContainText("2 terms ignored");
  await expect(status).not.toContainText("dropped");
  await expect(status.getByText("recording")).toBeInViewport({ ratio: 1 });
  await panel.getByRole("combobox", { name: "Filter" }).fill("");

  await backToLive(panel);
  await expect(row(panel, `{n: 60}`)).toBeInViewport();
  await expect(dot).toHaveClass(/call__state--joined/);
});
