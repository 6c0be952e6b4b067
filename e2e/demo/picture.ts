import type { Page } from "@playwright/test";
import sharp from "sharp";

import type { ShownRow } from "./shown-rows";
import type { Demo } from "./start-demo";

/** Selects a row, so that its details show. */
export async function selectRow(
  { panel }: Pick<Demo, "panel">,
  { id, rowIndex }: Pick<ShownRow, "id" | "rowIndex">,
): Promise<void> {
  // Only the rows in sight exist, so first to where it must be.
  await panel.locator(".traffic__grid").evaluate((grid, index) => {
    const count = Number(grid.getAttribute("aria-rowcount"));
    grid.scrollTop = (grid.scrollHeight * index) / count - grid.clientHeight / 2;
  }, rowIndex);
  await panel.locator(`#${id}`).click();
  await panel.locator(".details").waitFor();
}

/**
 * The window as someone at the screen sees it, as a PNG. A picture of docked DevTools leaves out the page that they
 * inspect, so that one is taken too and put into its place.
 */
export async function takePicture(page: Page, devtools: Page): Promise<Buffer> {
  const [call, tools] = [await page.screenshot(), await devtools.screenshot()];
  return sharp(tools)
    .composite([{ input: call, left: 0, top: 0 }])
    .png()
    .toBuffer();
}

/** Saves that picture. */
export async function savePicture(
  { page, devtools }: Pick<Demo, "page" | "devtools">,
  path: string,
): Promise<void> {
  await sharp(await takePicture(page, devtools)).toFile(path);
}
