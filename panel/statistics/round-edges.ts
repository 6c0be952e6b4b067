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
export function evenEdges(low: number, high: number, unit: number): number[] {
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
export function growingEdges(low: number, high: number): number[] {
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
