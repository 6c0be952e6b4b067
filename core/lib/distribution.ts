/** More bars than this are too many to compare at a glance. */
const MAX_BARS = 12;
/** Tenths of a decade's beginning, the finest steps first. */
const GROWING = [
  [10, 12, 15, 20, 25, 30, 40, 50, 60, 80],
  [10, 15, 20, 30, 50, 70],
  [10, 20, 50],
  [10, 30],
  [10],
];
const EVEN = [1, 2, 2.5, 4, 5];

/** Round limits of bars of one width, from `low` to above `high`: multiples of `unit`, which is 1, 10, 100 … */
function evenEdges(low: number, high: number, unit: number): number[] {
  for (let power = unit; ; power *= 10) {
    for (const begin of EVEN) {
      const step = begin * power;
      const first = Math.floor(low / step);
      const bars = Math.floor(high / step) - first + 1;
      if (bars <= MAX_BARS && step % unit === 0)
        return Array.from({ length: bars + 1 }, (_, place) => (first + place) * step);
    }
  }
}

/** Round limits of bars that grow with their values, from `low` to above `high`: whole numbers of two digits. */
function growingEdges(low: number, high: number): number[] {
  let edges: number[] = [];
  for (const steps of GROWING) {
    edges = limitsBy(steps, low, high);
    if (edges.length <= MAX_BARS + 1) break;
  }
  return edges;
}

function limitsBy(steps: readonly number[], low: number, high: number): number[] {
  const edges = [0];
  for (let power = 1; ; power *= 10) {
    for (const step of steps) {
      const edge = (step * power) / 10;
      if (!Number.isInteger(edge)) continue;
      if (edge <= low) edges.length = 0;
      edges.push(edge);
      if (edge > high) return edges;
    }
  }
}

/** Of fewer values, percentiles would say more than is known. */
export const MIN_FOR_PERCENTILES = 20;

/** How values spread, as far as a reader needs it. */
export type Spread = {
  readonly count: number;
  readonly median: number;
  /** So much or less in 95 of 100 cases. */
  readonly p95: number;
  readonly max: number;
  /** How many values lie from the edge before up to, but not including, `below`; the last has no upper end. */
  readonly bins: readonly Bin[];
};

type Bin = { readonly below: number; readonly count: number };

export type Distribution = {
  add(value: number): void;
  read(): Spread;
  /** What is remembered, to be written down or added to another one of the same fineness. */
  counted(): Counted;
  /** Adds what another one remembers: the same as if its values had been added here. */
  include(counted: Counted): void;
};

/** Values that were counted together, as their number and sum, and the largest of all. */
type Counted = {
  readonly steps: readonly (readonly [count: number, sum: number])[];
  readonly max: number;
};

/** Values that are remembered as one. Their mean is the value itself where they are all the same. */
type Step = { count: number; sum: number };

/** Bars are laid around what lies between this share and p95: few values far off must not flatten all others. */
const LOW = 0.05;
/** Larger than anything that is measured, small enough to count in. */
const LARGEST = 1e11;

/**
 * Counts values of 0 and more, `perUnit` steps to a whole one. Its size does not grow with their number: past 10,000
 * steps they are remembered by their first four digits, so the median and p95 are right to a tenth of a percent; by
 * three digits, to a percent, with a tenth of the memory. The maximum and the bins are exact. A value equal to an edge
 * counts above it.
 */
export function createDistribution(perUnit = 1, digits: 3 | 4 = 4): Distribution {
  const steps = new Map<number, Step>();
  let count = 0;
  let max = 0;

  function put(value: number, times: number, sum: number): void {
    const key = stepOf(Math.min(LARGEST, value * perUnit), digits);
    const step = steps.get(key);
    if (step) {
      step.count += times;
      step.sum += sum;
    } else steps.set(key, { count: times, sum });
    count += times;
  }

  return {
    add(value) {
      // The distance between two times without end, which a recording may claim.
      if (Number.isNaN(value)) return;
      put(value, 1, value);
      max = Math.max(max, value);
    },
    counted: () => ({ steps: [...steps.values()].map((step) => [step.count, step.sum]), max }),
    include(counted) {
      for (const [times, sum] of counted.steps) put(sum / times, times, sum);
      max = Math.max(max, counted.max);
    },
    read() {
      const sorted = [...steps].sort(([a], [b]) => a - b);
      const [low, median, p95] = [LOW, 0.5, 0.95].map((share) => stepAt(sorted, share * count));
      if (!low || !p95) return { count, median: 0, p95: 0, max, bins: [] };
      const bins = binsAround(sorted, low[0], p95[0], digits);
      return {
        count,
        median: meanOf(median),
        p95: meanOf(p95),
        max,
        bins: bins.map((bin) => ({ ...bin, below: bin.below / perUnit })),
      };
    },
  };
}

type Sorted = readonly (readonly [key: number, step: Step])[];

/** Of bars of one width and bars that grow, those that tell more apart. */
function binsAround(sorted: Sorted, low: number, high: number, digits: number): Bin[] {
  const even = countInto(evenEdges(low, high, unitOf(high, digits)), sorted);
  const growing = countInto(growingEdges(low, high), sorted);
  return highest(growing) < highest(even) ? growing : even;
}

const highest = (bins: readonly Bin[]): number => Math.max(...bins.map((bin) => bin.count));

function countInto(edges: readonly number[], sorted: Sorted): Bin[] {
  const bins = [...edges.filter((edge) => edge > 0), Infinity].map((below) => ({
    below,
    count: 0,
  }));
  let place = 0;
  for (const [key, { count }] of sorted) {
    while (key >= (bins[place]?.below ?? Infinity)) place++;
    const bin = bins[place];
    if (bin) bin.count += count;
  }
  return bins;
}

/** The step of the value of this rank, counted from 1. */
function stepAt(sorted: Sorted, rank: number): Sorted[number] | undefined {
  let seen = 0;
  return sorted.find(([, step]) => (seen += step.count) >= rank);
}

const meanOf = (found: Sorted[number] | undefined): number =>
  found ? found[1].sum / found[1].count : 0;

/** The beginning of the step that a number lies in. Every number of up to so many digits and zeros begins one. */
function stepOf(value: number, maxDigits: number): number {
  const unit = unitOf(value, maxDigits);
  return Math.floor(value / unit) * unit;
}

/** Of four digits: 1 for a number of up to four, 10 for one of five. */
function unitOf(value: number, maxDigits: number): number {
  if (value < 10 ** maxDigits) return 1;
  const digits = Math.floor(Math.log10(value));
  // Just below a power of ten the logarithm rounds up to it.
  return 10 ** ((10 ** digits > value ? digits - 1 : digits) - maxDigits + 1);
}
