import type { ShownRow } from "./shown-rows";

/** What a cell says, as `2 of 3 · 38 ms`, or `= 2 of 3` of equal messages: some arrived, whichever they are. */
type Delivered = {
  readonly reached: number;
  readonly inView: number;
  readonly latencyMs: number | undefined;
};

/** Whom the sent messages reached, as lines for a terminal; none when no row says so. */
export function summariseDelivered(rows: readonly ShownRow[]): readonly string[] {
  const sent = rows.filter(({ channel, direction }) => channel === "App" && direction === "out");
  const known = sent.flatMap(({ delivered }) => readDelivered(delivered) ?? []);
  if (known.length === 0) return [];

  const count = (test: (each: Delivered) => boolean) => known.filter(test).length;
  const latencies = known.flatMap(({ latencyMs }) => latencyMs ?? []).sort((a, b) => a - b);
  const lines = [
    ["to all in view", count(({ reached, inView }) => reached >= inView)],
    ["to some", count(({ reached, inView }) => reached > 0 && reached < inView)],
    ["to none", count(({ reached }) => reached === 0)],
    ["not known", sent.length - known.length],
  ] as const;
  return [
    `Delivered, of ${sent.length} sent messages:`,
    ...lines.map(([name, value]) => `  ${name.padEnd(16)}${String(value).padStart(6)}`),
    ...(latencies.length > 0
      ? [`  latency: median ${medianOf(latencies)} ms, largest ${latencies.at(-1)} ms`]
      : []),
  ];
}

/** Undefined for a cell that is empty or has no one in view. */
function readDelivered(text: string): Delivered | undefined {
  const [, reached, inView] = /([\d,]+) of ([\d,]+)/.exec(text) ?? [];
  if (reached === undefined || inView === undefined || readNumber(inView) === 0) return undefined;
  const [, latency, unit] = /([\d.,]+) (ms|s)\b/.exec(text) ?? [];
  return {
    reached: readNumber(reached),
    inView: readNumber(inView),
    latencyMs: latency === undefined ? undefined : readNumber(latency) * (unit === "s" ? 1000 : 1),
  };
}

const readNumber = (text: string): number => Number(text.replaceAll(",", ""));

/** Of sorted numbers; the lower one of two in the middle, so that it is a latency that was shown. */
const medianOf = (sorted: readonly number[]): number | undefined =>
  sorted[Math.floor((sorted.length - 1) / 2)];
