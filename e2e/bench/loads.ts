import type { Load } from "./play-stream";

/** What a load may cost. CPU and wall time in seconds, tasks in milliseconds. */
type Aims = {
  readonly panelCpu: number;
  readonly pageAdded?: number;
  readonly longestTask?: number;
  readonly longestTaskCpu?: number;
  readonly nodes?: number;
  readonly settled?: number;
  readonly heapMb?: number;
};

export type MeasuredLoad = Load & {
  readonly aims: Aims;
  /** How often it is measured. */
  readonly rounds: number;
};

const LOADS: readonly MeasuredLoad[] = [
  {
    name: "burst of 10,000",
    messages: 10_000,
    rounds: 3,
    aims: { panelCpu: 0.5, longestTask: 50, longestTaskCpu: 50, nodes: 3_000, pageAdded: 0.3 },
  },
  {
    name: "200/s for 20 s",
    messages: 4_000,
    perSecond: 200,
    rounds: 2,
    aims: { panelCpu: 0.6, pageAdded: 0.2 },
  },
  {
    name: "burst of 50,000",
    messages: 50_000,
    rounds: 2,
    aims: { panelCpu: 2.5, longestTask: 50, longestTaskCpu: 50, settled: 5, heapMb: 80 },
  },
];

/** The loads; when quick, a tenth of each, whose aims then say little. */
export function loads(quick: boolean): readonly MeasuredLoad[] {
  if (!quick) return LOADS;
  return LOADS.map((load) => ({
    ...load,
    name: `a tenth of: ${load.name}`,
    messages: load.messages / 10,
    rounds: 1,
  }));
}
