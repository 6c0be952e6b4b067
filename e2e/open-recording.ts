import type { Frame, Page } from "@playwright/test";

/** The bar that says that a recording is shown. */
export const banner = (panel: Frame) => panel.getByRole("region", { name: "Recording" });
export const backToLive = (panel: Frame) =>
  panel.getByRole("button", { name: "Back to live" }).click();

/** Opens a file by the button. */
export async function open(
  panel: Frame,
  devtools: Page,
  name: string,
  text: string,
): Promise<void> {
  const chooser = devtools.waitForEvent("filechooser");
  await panel.getByRole("button", { name: "Import recording" }).click();
  const buffer = Buffer.from(text);
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer });
}
