import type { Frame, Page } from "@playwright/test";

/** An idle frame that draws nothing may never be called back, so not for longer than this. */
const LONGEST_WAIT_MS = 100;

/** Resolves when a page or frame has nothing left to do, or nearly so. */
export function atRest(target: Page | Frame): Promise<void> {
  return target.evaluate(
    (timeout) =>
      new Promise<void>((resolve) => {
        requestIdleCallback(() => resolve(), { timeout });
      }),
    LONGEST_WAIT_MS,
  );
}
