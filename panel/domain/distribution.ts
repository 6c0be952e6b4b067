/** How values spread, as far as a reader needs it. */
export type Spread = {
  readonly count: number;
  readonly median: number;
  /** So much or less in 95 of 100 cases. */
  readonly p95: number;
  readonly max: number;
  /** How many values lie from the edge before up to, but not including, `below`; the last has no upper end. */
  readonly bins: readonly { readonly below: number; readonly count: number }[];
};

export type Distribution = {
  add(value: number): void;
  read(): Spread;
};

/**
 * Counts values of 0 and more. Its size does not grow with their number: past 1,000 they are remembered by their first
 * three digits, so the median and p95 are right to half a percent. The maximum and the bins are exact.
 * `edges` ascend; a value equal to one counts above it.
 */
export function createDistribution(edges: readonly number[]): Distribution {
  const counts = new Map<number, number>();
  const bins = [...edges, Infinity].map((below) => ({ below, count: 0 }));
  let count = 0;
  let max = 0;

  /** The nearest-rank percentiles of ascending shares. */
  function percentiles(shares: readonly number[]): number[] {
    const values = [...counts.keys()].sort((a, b) => a - b);
    let at = 0;
    let seen = counts.get(values[0] ?? 0) ?? 0;
    return shares.map((share) => {
      while (seen < share * count) seen += counts.get(values[++at] as number) ?? 0;
      return Math.min(max, values[at] ?? 0);
    });
  }

  return {
    add(value) {
      const rounded = threeDigits(value);
      counts.set(rounded, (counts.get(rounded) ?? 0) + 1);
      const bin = bins.find(({ below }) => value < below);
      if (bin) bin.count++;
      max = Math.max(max, value);
      count++;
    },
    read() {
      const [median = 0, p95 = 0] = percentiles([0.5, 0.95]);
      return { count, median, p95, max, bins: bins.map((bin) => ({ ...bin })) };
    },
  };
}

function threeDigits(value: number): number {
  if (value < 1_000) return Math.round(value);
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.round(value / unit) * unit;
}
