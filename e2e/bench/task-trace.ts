import type { BrowserContext, Frame, Page } from "@playwright/test";

type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU microseconds, of what has a beginning and an end. */
  readonly tdur?: number;
};

const MARK = "the thread to look at";
const TASK = "ThreadControllerImpl::RunTask";

/**
 * Starts to trace the tasks of the main thread of a page or frame. Returns how to stop: with the CPU milliseconds of its
 * longest task. Unlike wall time they do not count what else the cores had to do.
 */
export async function traceTasks(
  context: BrowserContext,
  target: Page | Frame,
): Promise<() => Promise<number>> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error("Only the browser itself can trace, and it cannot be reached.");
  const longest = new Map<string, number>();
  let thread: string | undefined;
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const { name, pid, tid, tdur = 0 } of value as unknown as TraceEvent[]) {
      const key = `${pid} ${tid}`;
      if (name === MARK) thread = key;
      if (name === TASK && tdur > (longest.get(key) ?? 0)) longest.set(key, tdur);
    }
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "blink.user_timing"] },
  });
  await target.evaluate((name) => void performance.mark(name), MARK);
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    const microseconds = longest.get(thread ?? "");
    if (microseconds === undefined) throw new Error("The trace has no task of that thread.");
    return microseconds / 1_000;
  };
}
