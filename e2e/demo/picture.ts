import { writeFile } from "node:fs/promises";

import type { ShownRow } from "./shown-rows";
import type { Demo } from "./start-demo";

/** Selects a row, so that its details show. */
export async function selectRow(
  { panel }: Pick<Demo, "panel">,
  { id, rowIndex }: ShownRow,
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
 * Saves the whole window as someone at the screen sees it. A picture of docked DevTools leaves out the page that they
 * inspect, so that one is taken too and put into its place.
 */
export async function savePicture(
  { page, devtools }: Pick<Demo, "page" | "devtools">,
  path: string,
): Promise<void> {
  const [call, tools] = [await page.screenshot(), await devtools.screenshot()];
  const picture = await devtools.evaluate(
    async ([top, whole]) => {
      const [above, below] = await Promise.all(
        [top, whole].map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64 ?? ""), (letter) => letter.charCodeAt(0));
          return createImageBitmap(new Blob([bytes]));
        }),
      );
      const canvas = document.createElement("canvas");
      if (!above || !below) return "";
      canvas.width = below.width;
      canvas.height = below.height;
      const drawing = canvas.getContext("2d");
      drawing?.drawImage(below, 0, 0);
      drawing?.drawImage(above, 0, 0);
      return canvas.toDataURL("image/png").replace(/^.*,/, "");
    },
    [call.toString("base64"), tools.toString("base64")],
  );
  await writeFile(path, Buffer.from(picture, "base64"));
}
