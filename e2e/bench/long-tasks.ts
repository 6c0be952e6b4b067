import type { Frame, Page } from "@playwright/test";

/** Starts to note the tasks of a page or frame that take 50 ms of wall time or more; shorter ones are not told. */
export async function watchLongTasks(target: Page | Frame): Promise<() => Promise<number>> {
  await target.evaluate(() => {
    const durations: number[] = [];
    const observer = new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: "longtask" });
    Reflect.set(globalThis, "benchLongTasks", durations);
  });
  return () =>
    target.evaluate(() =>
      Math.max(0, ...(Reflect.get(globalThis, "benchLongTasks") as readonly number[])),
    );
}
