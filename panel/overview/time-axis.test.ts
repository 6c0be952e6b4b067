import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  ALL,
  describeSpan,
  formatElapsed,
  latest,
  panned,
  ticksOf,
  type Viewport,
  visibleSpan,
  wholeSpan,
  zoomed,
} from "./time-axis";

const whole = wholeSpan(1_000, 61_000);
const step = fc.oneof(
  fc
    .tuple(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(
      ([factor, anchor]) =>
        (view: Viewport) =>
          zoomed(view, whole, factor, anchor),
    ),
  fc
    .integer({ min: -90_000, max: 90_000 })
    .map((by) => (view: Viewport) => panned(view, whole, by)),
  fc.constant(latest),
);

test("however it is zoomed and moved, what is seen lies in what there is", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { from, to } = visibleSpan(
        steps.reduce<Viewport>((view, change) => change(view), ALL),
        whole,
      );
      expect(from).toBeGreaterThanOrEqual(whole.from - 0.001);
      expect(to).toBeLessThanOrEqual(whole.to + 0.001);
      expect(to - from).toBeGreaterThanOrEqual(19.99);
    }),
  );
});

test("zooming leaves the time under the pointer where it is", () => {
  const { from, to } = visibleSpan(zoomed(ALL, whole, 0.5, 0.25), whole);
  expect((16_000 - from) / (to - from)).toBeCloseTo(0.25);
  expect(to - from).toBe(30_000);
});

test("zooming out as far as it goes shows all again, and goes on doing so", () => {
  const near = zoomed(ALL, whole, 0.5, 0.5);
  expect(near.kind).toBe("fixed");
  expect(zoomed(near, whole, 2, 0.5)).toEqual(ALL);
});

test("what follows the latest moves on, what looks back does not", () => {
  const back = zoomed(ALL, whole, 0.5, 0);
  const later = wholeSpan(1_000, 121_000);
  expect(visibleSpan(back, later)).toMatchObject({ from: 1_000, to: 31_000 });
  expect(visibleSpan(latest(back), later)).toEqual({ from: 91_000, to: 121_000 });
});

describe("ticks", () => {
  test.each([
    [{ from: 0, to: 10 }, 2, ["0 s", "2 ms", "4 ms", "6 ms", "8 ms", "10 ms"]],
    [{ from: 900, to: 1_500 }, 200, ["1.0 s", "1.2 s", "1.4 s"]],
    [{ from: 0, to: 31_000 }, 9_000, ["0 s", "10 s", "20 s", "30 s"]],
    [{ from: 50_000, to: 100_000 }, 20_000, ["1:00", "1:30"]],
    [{ from: 3_500_000, to: 7_300_000 }, 1_000_000, ["1:00:00", "1:30:00", "2:00:00"]],
    [{ from: 0, to: 3 * 86_400_000 }, 80_000_000, ["0 s", "1 d", "2 d", "3 d"]],
  ])("of %j", (span, least, labels) => {
    expect(ticksOf(span, 0, least).map(({ label }) => label)).toEqual(labels);
  });

  test("stay few and apart, whatever the span", () => {
    const time = fc.double({ min: 0, max: 8.64e15, noNaN: true });
    fc.assert(
      fc.property(time, time, (one, other) => {
        const span = { from: Math.min(one, other), to: Math.max(one, other) + 20 };
        const least = (span.to - span.from) / 20;
        const ticks = ticksOf(span, span.from, least);
        expect(ticks.length).toBeLessThanOrEqual(21);
        ticks.slice(1).forEach(({ at }, place) => {
          expect(at - (ticks[place]?.at ?? 0)).toBeGreaterThan(least * 0.99);
        });
      }),
    );
  });
});

test.each([
  [-1_500, "−1.500 s"],
  [350, "350 ms"],
  [1_234.5, "1.235 s"],
  [61_001, "1:01.001"],
  [3_661_000, "1:01:01.000"],
])("%d ms is said as %s", (elapsed, text) => {
  expect(formatElapsed(elapsed)).toBe(text);
});

test.each([
  [0, 12_345, "0 s to 12.3 s"],
  [6_312, 6_332, "6.312 s to 6.332 s"],
  [6_300, 6_800, "6.30 s to 6.80 s"],
  [61_312, 61_712, "1:01.31 to 1:01.71"],
  [995, 1_015, "995 ms to 1.015 s"],
])("the span from %d to %d ms is said as %s", (from, to, text) => {
  expect(describeSpan({ from: 5_000 + from, to: 5_000 + to }, 5_000)).toBe(text);
});
