import type { BrowserContext, Frame, Page } from "@playwright/test";

import type { ClockBounds } from "./bots/told";

/** Shows the Conversation view of the Traffic tab. */
export async function openConversation(panel: Frame): Promise<void> {
  await panel.getByRole("button", { name: "Conversation", exact: true }).click();
  await panel.getByRole("grid", { name: "Conversation" }).waitFor();
}

/** What *Copy as text* of the Conversation view puts into the clipboard. */
export async function copyConversation(panel: Frame, context: BrowserContext): Promise<string> {
  await panel.getByRole("button", { name: "Copy or save the conversation" }).click();
  await panel.getByRole("button", { name: "Copy as text" }).click();
  await panel.getByText("Copied as text").waitFor();
  // Pasted: no script of the panel may read the clipboard.
  const paper = await context.newPage();
  await paper.setContent("<textarea></textarea>");
  const area = paper.locator("textarea");
  await area.press("ControlOrMeta+v");
  const text = await area.inputValue();
  await paper.close();
  return text;
}

/** Asks a page for its time, and takes in what that makes certain: an answer lies between question and its arrival. */
export async function clockBounds(page: Page): Promise<ClockBounds> {
  const here = () => performance.timeOrigin + performance.now();
  let [atLeast, atMost] = [-Infinity, Infinity];
  for (let times = 0; times < 10; times++) {
    const asked = here();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    // Either clock may be rounded down.
    atLeast = Math.max(atLeast, there - here() - CLOCK_STEP_MS);
    atMost = Math.min(atMost, there - asked + CLOCK_STEP_MS);
  }
  return { atLeast, atMost };
}

/** To what browsers round `performance.now()`, for a page that isn't isolated. */
const CLOCK_STEP_MS = 0.1;
