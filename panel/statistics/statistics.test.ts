import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  createRateBuckets,
  createStatistics,
  createTally,
  DIMENSIONS,
  REST,
  topNames,
} from "./statistics";
import type { Message } from "./messages";

const START = Date.UTC(2026, 0, 1, 12);

const fact = fc.record<Message>({
  callId: fc.constant("call-1"),
  seq: fc.nat(),
  at: fc.double({ min: START, max: START + 7_200_000, noNaN: true }),
  channel: fc.constantFrom("app-message", "user-data", "session-data"),
  direction: fc.constantFrom("out", "in"),
  type: fc.constantFrom("chat", "hand", "cue"),
  from: fc.constantFrom("Ada", "Bob", "Cy", "Dee"),
  chars: fc.nat(200_000),
  isUnheard: fc.boolean(),
  isOverLimit: fc.boolean(),
});
const facts = fc.array(fact, { maxLength: 80 });
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test("totals, peaks, sums over time and the largest are those of a plain count", () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 2, max: 300 }), (all, maxBuckets) => {
      const { totals, rate, largest, senders, add } = createStatistics();
      all.forEach(add);

      expect(totals).toMatchObject({
        messages: all.length,
        chars: sum(all.map(({ chars }) => chars)),
        out: all.filter(({ direction }) => direction === "out").length,
        unheard: all.filter(({ isUnheard }) => isUnheard).length,
        overLimit: all.filter(({ isOverLimit }) => isOverLimit).length,
      });
      expect(largest.map(({ chars }) => chars)).toEqual(
        all
          .map(({ chars }) => chars)
          .sort((a, b) => b - a)
          .slice(0, 20),
      );
      const secondOf = ({ at }: Message) => Math.floor(at / 1_000);
      const perSecond = [...new Set(all.map(secondOf))].map((second) =>
        all.filter((each) => secondOf(each) === second),
      );
      expect(rate.peak).toEqual({
        messages: Math.max(0, ...perSecond.map((each) => each.length)),
        chars: Math.max(0, ...perSecond.map((each) => sum(each.map(({ chars }) => chars)))),
      });

      const names = topNames(senders.counts, "chars", 2);
      const { from = START, to = START } = rate.span ?? {};
      const series = rate.read({ by: "from", names, measure: "chars", from, to, maxBuckets });
      expect(series.starts.length).toBeLessThanOrEqual(maxBuckets);
      for (const [place, start] of series.starts.entries()) {
        const within = all.filter(({ at }) => at >= start && at < start + series.widthMs);
        for (const { name, counts } of series.lines) {
          const own = within.filter((each) =>
            name === REST ? !names.includes(each.from) : each.from === name,
          );
          expect(counts[place]).toBe(sum(own.map(({ chars }) => chars)));
        }
      }
    }),
  );
});

describe("counts over time", () => {
  test("stay within bounds over a long time, and lose nothing", () => {
    const rate = createRateBuckets();
    const names = { channel: "app-message", type: "chat", from: "Ada" };
    for (let hour = 0; hour < 48; hour++) rate.add(START + hour * 3_600_000, names, 10);
    for (const by of DIMENSIONS) {
      const { starts, widthMs, lines } = rate.read({
        by,
        names: [names[by]],
        measure: "messages",
        from: START,
        to: START + 48 * 3_600_000,
        maxBuckets: 60,
      });
      expect(starts.length).toBeLessThanOrEqual(60);
      expect(widthMs).toBe(4_096_000);
      expect(lines.map(({ counts }) => sum(counts))).toEqual([48]);
    }
    expect(rate.peak).toEqual({ messages: 1, chars: 10 });
    expect(rate.inSecond(START / 1_000)).toEqual({ messages: 1, chars: 10 });
    expect(rate.inSecond(START / 1_000 + 1)).toEqual({ messages: 0, chars: 0 });
  });

  test("take any time that a recording may claim", () => {
    const rate = createRateBuckets();
    const names = { channel: "app-message", type: "chat", from: "Ada" };
    rate.add(0, names, 1);
    rate.add(1e300, names, 1);
    const whole = { from: 0, to: 1e300, maxBuckets: 100 };
    const { starts } = rate.read({ by: "type", names: ["chat"], measure: "messages", ...whole });
    expect(starts.length).toBeLessThanOrEqual(100);
  });
});

describe("names", () => {
  test("past a thousand are counted together", () => {
    const { counts, add } = createTally();
    for (let index = 0; index < 1_200; index++) add(`type-${index}`, 1);
    expect(add("type-7", 5)).toBe("type-7");
    expect(counts.get("type-7")).toEqual({ messages: 2, chars: 6 });
    expect(counts.get(REST)).toEqual({ messages: 200, chars: 200 });
    expect(topNames(counts, "chars", 2)).toEqual(["type-7", "type-0"]);
  });
});
