import type { BrowserContext, CDPSession, Frame, Page } from "@playwright/test";

export type Size = { readonly nodes: number; readonly heapMb: number };

export type Breakdown = {
  readonly script: number;
  readonly layout: number;
  readonly style: number;
};

export type CpuMeter = {
  readonly session: CDPSession;
  /** CPU seconds of the main thread since the meter was made or last reset: thread time, whatever else runs. */
  cpuSeconds(): Promise<number>;
  /** What that time went into, as far as the browser tells: scripts, layout and styles. */
  breakdown(): Promise<Breakdown>;
  reset(): Promise<void>;
  /** What is left after a garbage collection. Counts everything in the process of the page or frame. */
  size(): Promise<Size>;
};

/** Reads the main thread of a page, or of a frame with a process of its own. */
export async function createCpuMeter(
  context: BrowserContext,
  target: Page | Frame,
): Promise<CpuMeter> {
  const session = await context.newCDPSession(target);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  let start: (name: string) => number = () => 0;

  async function read(): Promise<(name: string) => number> {
    const { metrics } = await session.send("Performance.getMetrics");
    const values = new Map(metrics.map(({ name, value }) => [name, value]));
    return (name) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`This browser has no metric ${name}.`);
      return value;
    };
  }

  async function sinceStart(): Promise<(name: string) => number> {
    const now = await read();
    return (name) => now(name) - start(name);
  }

  async function reset(): Promise<void> {
    start = await read();
  }

  await reset();
  return {
    session,
    cpuSeconds: async () => (await sinceStart())("ThreadTime"),
    async breakdown() {
      const spent = await sinceStart();
      const script = spent("ScriptDuration");
      return { script, layout: spent("LayoutDuration"), style: spent("RecalcStyleDuration") };
    },
    reset,
    async size() {
      await session.send("HeapProfiler.collectGarbage");
      const now = await read();
      return { nodes: now("Nodes"), heapMb: now("JSHeapUsedSize") / 1e6 };
    },
  };
}
