import type { Frame, Page } from "@playwright/test";

/** Presses the Export button and one of its choices. Answers where the file is. */
export async function saveRecording(
  panel: Frame,
  devtools: Page,
  choice: string | RegExp = "All events",
): Promise<string> {
  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "Export recording" }).click();
  await panel.getByRole("button", { name: choice }).click();
  return (await download).path();
}
