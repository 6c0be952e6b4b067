import type { Frame } from "@playwright/test";

import { atRest } from "./at-rest";

/** Waits until the panel has nothing more to take in: what it shows stays the same, and it is at rest. */
export async function quiet(panel: Frame): Promise<void> {
  const read = () => panel.locator(".status-bar").innerText();
  for (let last = ""; ;) {
    await atRest(panel);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await read();
    if (now === last) return;
    last = now;
  }
}
