import type { Frame } from "@playwright/test";

import { expect, test } from "./fixtures";

const figure = (panel: Frame, label: string) =>
  panel.locator(".figures > div").filter({ has: panel.getByText(label, { exact: true }) });

/** Opens the tab, and drops the session state that came with the join. */
async function openStatistics(panel: Frame): Promise<void> {
  await panel.getByRole("tab", { name: "Statistics" }).click();
  await expect(figure(panel, "Messages")).toContainText("1 0 out, 1 in");
  await panel.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(panel.getByText("Nothing recorded since the log was cleared")).toBeVisible();
}

test("a span of time is chosen in the table or by dragging in the chart, and left again", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(ada);
  await openStatistics(panel);
  /** Sends so many messages in the course of one second of the clock, and none of another second. */
  const sendWithinASecond = (count: number) =>
    ada.evaluate(
      (messages) =>
        new Promise<void>((resolve) => {
          const start = Math.floor(Date.now() / 1_000);
          const timer = setInterval(() => {
            const isEarly = Date.now() % 1_000 > 100 && Date.now() % 1_000 < 500;
            if (Math.floor(Date.now() / 1_000) === start || !isEarly) return;
            clearInterval(timer);
            for (let index = 0; index < messages; index++) window.call.sendAppMessage({ index });
            resolve();
          }, 5);
        }),
      count,
    );
  await sendWithinASecond(3);
  await sendWithinASecond(4);
  await expect(figure(panel, "Messages")).toContainText("7 7 out");
  await expect(figure(panel, "Peak")).toContainText("4/s");

  await panel.getByRole("checkbox", { name: "Table" }).check();
  const table = panel.getByRole("region", { name: "Rate as a table" });
  await expect(table.locator("tbody td")).toHaveText(["3/s", "4/s"]);
  await table.getByRole("button").first().click();
  await expect(figure(panel, "Messages")).toContainText("3 3 out");
  await panel.getByRole("button", { name: "Show all times", exact: true }).click();
  await expect(figure(panel, "Messages")).toContainText("7 7 out");

  await panel.getByRole("checkbox", { name: "Table" }).uncheck();
  const area = await panel.locator(".rate__plot .u-over").boundingBox();
  if (!area) throw new Error("The chart has no place");
  const y = area.y + area.height / 2;
  await devtools.mouse.move(area.x + 2, y);
  await devtools.mouse.down();
  await devtools.mouse.move(area.x + area.width / 2, y);
  await devtools.mouse.move(area.x + area.width - 2, y);
  await devtools.mouse.up();
  await expect(panel.getByRole("button", { name: "Show all times", exact: true })).toBeVisible();
  await expect(figure(panel, "Messages")).toContainText("7 7 out");
  await expect(panel.getByText("rows shown")).toBeVisible();
});
