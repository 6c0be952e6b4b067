import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Clock, type Crossing, crossingsBetween, estimateClock, type Side } from "./clocks";

const NOON = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;
const SPAN = { from: NOON, to: NOON + HOUR };

/** What rounding can do to times that are epoch ms. */
const ROUNDING_MS = 0.01;

/** A message, by when it left (share of the span), how long it took (ms) and which way it went. */
type Trip = {
  readonly when: number;
  readonly tookMs: number;
  readonly direction: Crossing["direction"];
};

/** Two clocks whose difference is known: `offsetAt` is reference minus other, by the time of the other clock. */
function clocks(offsetMs: number, driftPpm: number, { from, to } = SPAN) {
  const middle = (from + to) / 2;
  const offsetAt = (at: number) => offsetMs + driftPpm * 1e-6 * (at - middle);
  const onReference = (at: number) => at + offsetAt(at);
  const onOther = (at: number) => middle + (at - middle - offsetMs) / (1 + driftPpm * 1e-6);
  const crossing = ({ when, tookMs, direction }: Trip): Crossing => {
    const left = from + when * (to - from);
    return direction === "from-other"
      ? { sentAt: left, arrivedAt: onReference(left) + tookMs, direction }
      : { sentAt: onReference(left), arrivedAt: onOther(onReference(left) + tookMs), direction };
  };
  return { offsetAt, crossing };
}

/** How far an estimate is off at worst, in ms. Both are lines, so the ends and a few times between are enough. */
function worstError(clock: Clock, offsetAt: (at: number) => number, { from, to } = SPAN): number {
  if (clock.kind === "unknown") return Infinity;
  const errors = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = from + share * (to - from);
    return Math.abs(clock.toReference(at) - at - offsetAt(at));
  });
  return Math.max(...errors);
}

function estimated(clock: Clock): Extract<Clock, { kind: "estimated" }> {
  if (clock.kind !== "estimated") throw new Error(`The clock is ${clock.kind}`);
  return clock;
}

/** How long a message took by an estimated clock, in ms. */
const latencyBy = (
  { toReference }: Extract<Clock, { kind: "estimated" | "one-way" }>,
  { sentAt, arrivedAt, direction }: Crossing,
): number =>
  direction === "to-other" ? toReference(arrivedAt) - sentAt : arrivedAt - toReference(sentAt);

/** Numbers from 0 to 1 that are the same in each run. */
function* shares(seed = 1): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

/** From 5 to 300 ms, most of them short. */
const heavyTailed = (share: number): number => 5 * 60 ** (share ** 3);

function trips(count: number, seed?: number): Trip[] {
  const random = shares(seed);
  return Array.from({ length: count }, (_, n) => ({
    when: random.next().value,
    tookMs: heavyTailed(random.next().value),
    direction: n % 2 === 0 ? "to-other" : "from-other",
  }));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const trip = (direction: Crossing["direction"]) =>
  fc.record({
    when: share,
    tookMs: share.map(heavyTailed),
    direction: fc.constant(direction),
  });
const bothWays = (maxLength: number) =>
  fc
    .tuple(
      fc.array(trip("to-other"), { minLength: 1, maxLength }),
      fc.array(trip("from-other"), { minLength: 1, maxLength }),
    )
    .map(([there, back]) => [...there, ...back]);

describe("messages both ways", () => {
  test("bound the difference: it is within the stated uncertainty at any time of the span", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e8, max: 1e8, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.integer({ min: 1_000, max: 24 * HOUR }),
        bothWays(60),
        (offsetMs, driftPpm, lengthMs, all) => {
          const span = { from: NOON, to: NOON + lengthMs };
          const { offsetAt, crossing } = clocks(offsetMs, driftPpm, span);
          const crossings = all.map(crossing);
          const clock = estimated(estimateClock(crossings, span));
          expect(worstError(clock, offsetAt, span)).toBeLessThan(clock.uncertaintyMs + ROUNDING_MS);
          for (const each of crossings)
            expect(latencyBy(clock, each)).toBeGreaterThan(-ROUNDING_MS);
        },
      ),
    );
  });

  test("state no more uncertainty than they leave", () => {
    fc.assert(
      fc.property(bothWays(5), (all) => {
        // Without drift, the possible lines are those of at most 100 ppm, and each extreme one touches two bounds.
        const crossings = all.map(clocks(0, 0).crossing);
        const middle = (SPAN.from + SPAN.to) / 2;
        const bounds = crossings.map(({ sentAt, arrivedAt, direction }) =>
          direction === "to-other"
            ? { x: arrivedAt - middle, y: sentAt - arrivedAt, side: 1 }
            : { x: sentAt - middle, y: arrivedAt - sentAt, side: -1 },
        );
        const slopes = bounds.flatMap((a) => bounds.map((b) => (b.y - a.y) / (b.x - a.x)));
        const lines = [-1e-4, 1e-4, ...slopes]
          .filter((slope) => Math.abs(slope) <= 1e-4)
          .flatMap((slope) => bounds.map(({ x, y }) => ({ slope, base: y - slope * x })))
          .filter(({ slope, base }) =>
            bounds.every(({ x, y, side }) => side * (base + slope * x - y) >= -1e-6),
          );
        const halfWidths = [-HOUR / 2, HOUR / 2].map((x) => {
          const values = lines.map(({ slope, base }) => base + slope * x);
          return (Math.max(...values) - Math.min(...values)) / 2;
        });
        const { uncertaintyMs } = estimated(estimateClock(crossings, SPAN));
        expect(Math.abs(uncertaintyMs - Math.max(...halfWidths))).toBeLessThan(ROUNDING_MS);
      }),
    );
  });

  test("find two clocks 90 s apart and drifting 50 ppm over an hour", () => {
    const { offsetAt, crossing } = clocks(90_000, 50);
    const clock = estimated(estimateClock(trips(400).map(crossing), SPAN));
    expect(clock.crossings).toBe(400);
    expect(clock.uncertaintyMs).toBeLessThan(100);
    expect(worstError(clock, offsetAt)).toBeLessThan(clock.uncertaintyMs);
    expect(Math.abs(clock.offsetMs - 90_000)).toBeLessThan(clock.uncertaintyMs);
    expect(Math.abs(clock.driftPpm - 50)).toBeLessThan(10);
  });

  test("that are one each leave the drift open, up to 100 ppm", () => {
    const { crossing } = clocks(-2_000, 0);
    const pair: Trip[] = [
      { when: 0.5, tookMs: 20, direction: "to-other" },
      { when: 0.5, tookMs: 30, direction: "from-other" },
    ];
    const { offsetMs, driftPpm, uncertaintyMs } = estimated(
      estimateClock(pair.map(crossing), SPAN),
    );
    expect(Math.abs(offsetMs + 2_000)).toBeLessThan(25);
    expect(Math.abs(driftPpm)).toBeLessThan(0.1);
    // Half of the round trip, and 100 ppm of half an hour.
    expect(uncertaintyMs).toBeCloseTo(25 + 180, 1);
  });

  test("show a drift past the usual", () => {
    for (const driftPpm of [-400, -105, 105, 400]) {
      const { offsetAt, crossing } = clocks(5_000, driftPpm);
      for (const count of [6, 400]) {
        const clock = estimated(estimateClock(trips(count).map(crossing), SPAN));
        expect(worstError(clock, offsetAt)).toBeLessThan(clock.uncertaintyMs);
        expect(clock.uncertaintyMs).toBeLessThan(count === 6 ? 1_000 : 30);
      }
    }
  });

  test("are read in a recording of a single moment, too", () => {
    const moment = { from: NOON, to: NOON };
    const { crossing } = clocks(700, 0, moment);
    const clock = estimated(estimateClock(trips(2).map(crossing), moment));
    expect(Math.abs(clock.offsetMs - 700)).toBeLessThan(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeLessThan(300);
  });
});

describe("messages one way only", () => {
  test("keep their order, and the fastest takes no time", () => {
    for (const direction of ["to-other", "from-other"] as const) {
      const { crossing } = clocks(-45_000, 50);
      const crossings = trips(100).map((each) => crossing({ ...each, direction }));
      const clock = estimateClock(crossings, SPAN);
      if (clock.kind !== "one-way") throw new Error(`The clock is ${clock.kind}`);
      const latencies = crossings.map((each) => latencyBy(clock, each));
      expect(Math.min(...latencies)).toBeCloseTo(0, 2);
      expect(clock.crossings).toBe(100);
      expect(clock.toReference(NOON)).toBe(NOON + clock.offsetMs);
    }
  });

  test("are none: nothing is known", () => {
    expect(estimateClock([], SPAN)).toEqual({ kind: "unknown" });
  });
});

describe("messages that contradict each other", () => {
  test("because a clock was set: the step is part of the uncertainty", () => {
    const before = clocks(0, 0);
    const after = clocks(10_000, 0);
    const crossings = trips(400).map((each) => (each.when < 0.5 ? before : after).crossing(each));
    const clock = estimated(estimateClock(crossings, SPAN));
    const offsetAt = (at: number) => (at < NOON + HOUR / 2 ? 0 : 10_000);
    expect(worstError(clock, offsetAt)).toBeLessThan(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeGreaterThan(5_000);
    expect(clock.uncertaintyMs).toBeLessThan(12_000);
  });

  test("because of one wrong pair: so is what it misses", () => {
    const { offsetAt, crossing } = clocks(90_000, 50);
    const wrong: Trip = { when: 0.4, tookMs: -1_000, direction: "to-other" };
    const clock = estimated(estimateClock([...trips(400), wrong].map(crossing), SPAN));
    expect(worstError(clock, offsetAt)).toBeLessThan(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeGreaterThan(500);
    expect(clock.uncertaintyMs).toBeLessThan(1_100);
  });
});

describe("100,000 messages", () => {
  const { offsetAt, crossing } = clocks(90_000, 50);

  test("are estimated like a few", () => {
    const clock = estimated(estimateClock(trips(100_000).map(crossing), SPAN));
    expect(worstError(clock, offsetAt)).toBeLessThan(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeLessThan(10);
  });

  test("may all be on the hull", () => {
    const crossings = trips(100_000).map((each) =>
      crossing({ ...each, tookMs: 5 + 20_000 * (each.when - 0.5) ** 2 }),
    );
    const clock = estimated(estimateClock(crossings, SPAN));
    expect(worstError(clock, offsetAt)).toBeLessThan(clock.uncertaintyMs);
  });

  test("may go one way", () => {
    const oneWay = trips(100_000).map((each) => crossing({ ...each, direction: "to-other" }));
    expect(estimateClock(oneWay, SPAN).kind).toBe("one-way");
  });

  test("are paired", () => {
    const all = Array.from({ length: 100_000 }, (_, n) => `${n}`);
    const ada: Side = { sent: all.map((content) => sends("ada", content, 1)), arrived: [] };
    const bob: Side = {
      sent: [],
      arrived: all.map((content) => arrives("ada", "bob", content, 2)),
    };
    expect(crossings([ada], [bob])).toHaveLength(100_000);
  });
});

/** The crossings, found in one go. */
function crossings(ours: readonly Side[], theirs: readonly Side[]): Crossing[] {
  const work = crossingsBetween(ours, theirs);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

type SideSent = Side["sent"][number];
type SideArrived = Side["arrived"][number];

const sends = (from: string, content: string, at: number, to: SideSent["to"] = "*"): SideSent => ({
  from,
  content,
  at,
  to,
});
const arrives = (from: string, by: string, content: string, at: number): SideArrived => ({
  from,
  by,
  content,
  at,
});
const side = (...facts: readonly (SideSent | SideArrived)[]): Side => ({
  sent: facts.filter((each) => "to" in each),
  arrived: facts.filter((each) => "by" in each),
});

describe("the crossings between two recordings", () => {
  test("are of both directions, whatever the times say", () => {
    const ours = side(sends("ada", `"hi"`, 9_000), arrives("bob", "ada", `"yo"`, 9_100));
    const theirs = side(arrives("ada", "bob", `"hi"`, 40), sends("bob", `"yo"`, 60, ["ada"]));
    expect(crossings([ours], [theirs])).toEqual([
      { sentAt: 9_000, arrivedAt: 40, direction: "to-other" },
      { sentAt: 60, arrivedAt: 9_100, direction: "from-other" },
    ]);
  });

  test("are one for each receiver, over all calls of a recording", () => {
    const theirs = [side(arrives("ada", "bob", "1", 40)), side(arrives("ada", "cy", "1", 50))];
    expect(crossings([side(sends("ada", "1", 5))], theirs)).toEqual([
      { sentAt: 5, arrivedAt: 40, direction: "to-other" },
      { sentAt: 5, arrivedAt: 50, direction: "to-other" },
    ]);
  });

  test("leave out equal contents, sent or arrived, but not those of another sender or receiver", () => {
    const ours = [
      side(sends("ada", `"ping"`, 1), sends("ada", `"ping"`, 2), sends("ada", `"twice"`, 3)),
      side(sends("ann", `"ping"`, 4)),
    ];
    const theirs = [
      side(
        arrives("ada", "bob", `"ping"`, 11),
        arrives("ada", "bob", `"twice"`, 13),
        arrives("ada", "bob", `"twice"`, 14),
        arrives("ann", "bob", `"ping"`, 15),
      ),
      side(arrives("ada", "cy", `"twice"`, 16)),
    ];
    expect(crossings(ours, theirs)).toEqual([
      { sentAt: 4, arrivedAt: 15, direction: "to-other" },
      { sentAt: 3, arrivedAt: 16, direction: "to-other" },
    ]);
  });

  test("leave out an arrival at someone the message wasn't for", () => {
    const ours = side(sends("ada", "1", 5, ["cy"]));
    expect(crossings([ours], [side(arrives("ada", "bob", "1", 40))])).toEqual([]);
  });

  test("leave out messages within one recording", () => {
    const ours = [side(sends("ada", "1", 5)), side(arrives("ada", "bob", "1", 40))];
    expect(crossings(ours, [side()])).toEqual([]);
  });
});
