import fc from "fast-check";
import { expect, test } from "vitest";

import { createDistribution, type Distribution } from "./distribution";

function read(values: readonly number[], perUnit?: number) {
  const distribution = createDistribution(perUnit);
  for (const value of values) distribution.add(value);
  return distribution.read();
}

/** The bins that hold something: `<30: 4`. */
const filled = (values: readonly number[], perUnit?: number) =>
  read(values, perUnit)
    .bins.filter(({ count }) => count > 0)
    .map(({ below, count }) => `<${below}: ${count}`);
/** How many bars a table of them has. */
function barsOf(values: readonly number[], perUnit?: number): number {
  const { bins } = read(values, perUnit);
  const holds = (bin: { count: number }) => bin.count > 0;
  return bins.findLastIndex(holds) - bins.findIndex(holds) + 1;
}

test("of nothing it is all zero, without a bin", () => {
  expect(read([])).toEqual({ count: 0, median: 0, p95: 0, max: 0, bins: [] });
});

test("percentiles are those of the sorted values, to a tenth of a percent", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000_000), { minLength: 1 }), (values) => {
      const sorted = [...values].sort((a, b) => a - b);
      const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
      const { count, median, p95, max } = read(values);
      expect({ count, max }).toEqual({ count: values.length, max: sorted.at(-1) });
      for (const [is, exact] of [
        [median, rank(0.5)],
        [p95, rank(0.95)],
      ] as const)
        expect(Math.abs(is - exact)).toBeLessThanOrEqual(exact * 0.001);
    }),
  );
});

test("with three digits they are right to a percent, and added up it is as if counted in one", () => {
  const sizes = fc.array(fc.nat(2_000_000), { minLength: 1 });
  fc.assert(
    fc.property(sizes, sizes, (some, others) => {
      const [one, other, all] = [0, 1, 2].map(() => createDistribution(1, 3)) as [
        Distribution,
        Distribution,
        Distribution,
      ];
      for (const value of some) one.add(value);
      for (const value of others) other.add(value);
      for (const value of [...some, ...others]) all.add(value);
      one.include(other.counted());
      expect(one.read()).toEqual(all.read());
      const sorted = [...some, ...others].sort((a, b) => a - b);
      const exact = sorted[Math.ceil(0.95 * sorted.length) - 1] as number;
      expect(Math.abs(all.read().p95 - exact)).toBeLessThanOrEqual(exact * 0.01);
    }),
  );
});

test("bins ascend, are never too many, and each holds just what lies in it", () => {
  const sizes = fc.oneof(
    fc.nat(100),
    fc.nat(5_000),
    fc.nat(2_000_000),
    fc.double({ min: 0, max: 1e10, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(sizes, { minLength: 1 }), (values) => {
      const { bins } = read(values);
      expect(bins.length).toBeLessThanOrEqual(14);
      let from = 0;
      for (const { below, count } of bins) {
        expect(below).toBeGreaterThan(from);
        const isLast = below === Infinity;
        expect(count).toBe(
          values.filter((value) => value >= from && (isLast || value < below)).length,
        );
        from = below;
      }
    }),
  );
});

test("close together, values are told apart in narrow bars of one width", () => {
  const latencies = Array.from({ length: 60 }, (_, index) => 1_000.2 + index / 5);
  expect(filled(latencies, 10)).toEqual([
    "<1001: 4",
    ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((more) => `<${1_000 + more}: 5`),
    "<1012: 5",
    "<Infinity: 1",
  ]);
});

test("far apart, values lie in bars that grow", () => {
  const sizes = [15, 20, 34, 40, 55, 90, 150, 700, 2_100, 4_000];
  expect(barsOf(sizes)).toBe(8);
  expect(filled(sizes)).toEqual(["<20: 1", "<50: 3", "<100: 2", "<200: 1", "<1000: 1", "<5000: 2"]);
});

test("a single value far off does not widen the bars", () => {
  const sizes = [...Array.from({ length: 99 }, (_, index) => 30 + (index % 60)), 90_000];
  expect(barsOf(sizes)).toBe(13);
  expect(filled(sizes).at(-1)).toBe("<Infinity: 1");
});

test("what is all the same is one bar", () => {
  expect(filled([34, 34, 34])).toEqual(["<35: 3"]);
  expect(filled([0.04, 0.04], 10)).toEqual(["<0.1: 2"]);
  expect(read([0.04, 0.04], 10).median).toBe(0.04);
});

test("any value that a recording may claim is counted", () => {
  expect(read([NaN]).count).toBe(0);
  expect(read([1e300, Infinity, 1])).toMatchObject({ count: 3, max: Infinity });
});

test("a value just below a power of ten is not taken for one above it", () => {
  expect(filled([9_999_999_999.999998, 9_995_000_000, 1])).toEqual(
    filled([9_999_000_000, 9_995_000_000, 1]),
  );
});
