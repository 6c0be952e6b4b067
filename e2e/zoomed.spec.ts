import type { Frame } from "@playwright/test";

import { expect, test } from "./fixtures";
import { liveABit, walkTheTabs } from "./walk-the-tabs";

// A window of 1280 × 800 at 200 % has so many CSS pixels.
test.use({ options: { window: { width: 640, height: 400 } } });

test("at 200 % nothing is cut off, and no control covers another", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  expect(await panel.evaluate(() => innerWidth)).toBeLessThanOrEqual(640);
  await liveABit(page, panel, server, room);
  await walkTheTabs(panel, async (what) => expect(await faultsIn(panel), what).toEqual([]));
});

/**
 * Controls that someone can't get at: outside of what can be scrolled to, or under another one. Each is brought into
 * sight first, as a user would.
 */
function faultsIn(panel: Frame): Promise<string[]> {
  return panel.evaluate(() => {
    const faults: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth)
      faults.push(`the panel is ${document.documentElement.scrollWidth} wide, of ${innerWidth}`);
    // What is open lies on top, and is closed again.
    const within = document.querySelector(":popover-open") ?? document;
    const controls = within.querySelectorAll(
      "button, input, select, textarea, a[href], summary, [role=tab], [role=radio], [role=checkbox]",
    );
    for (const control of controls) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (control.closest("[inert], .visually-hidden, .cm-editor")) continue;
      control.scrollIntoView({ block: "nearest", inline: "nearest" });
      const { left, top, right, bottom, width, height } = control.getBoundingClientRect();
      if (width < 2 || height < 2) continue;
      const name = control.getAttribute("aria-label") ?? control.textContent?.trim().slice(0, 40);
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) {
        faults.push(`${name} is cut off: ${[left, top, right, bottom].map(Math.round).join(" ")}`);
        continue;
      }
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isReached =
        at !== null &&
        (control.contains(at) || at.contains(control) || control.closest("label")?.contains(at));
      if (!isReached) faults.push(`${name} is under ${at?.outerHTML.slice(0, 80)}`);
    }
    return faults;
  });
}
