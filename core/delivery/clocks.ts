/**
 * How the clocks of two machines differ, from the messages that crossed between them. Nothing arrives before it was
 * sent, so each message bounds the difference on one side; messages of both directions hold it between two lines.
 */
import type { Arrived, Sent } from "./pairing";

/** What one call of a recording sent and received, all on the clock of its machine. */
export type Side = {
  readonly sent: readonly Sent[];
  readonly arrived: readonly Arrived[];
};

/** A message that crossed between two clocks. Both times are epoch ms, each on the clock of its own machine. */
export type Crossing = {
  readonly sentAt: number;
  readonly arrivedAt: number;
  readonly direction: "to-other" | "from-other";
};

/** How to read the times of the other machine on the reference clock. */
export type Clock =
  | {
      readonly kind: "estimated";
      /** Takes and returns epoch ms. */
      toReference(at: number): number;
      /** Reference clock minus other clock in the middle of the span, in milliseconds. */
      readonly offsetMs: number;
      /** How much faster the reference clock runs, in millionths. */
      readonly driftPpm: number;
      /** How far `toReference` can be off at any time of the span, in milliseconds, if both clocks run steadily. */
      readonly uncertaintyMs: number;
      /** How many messages it is estimated from. */
      readonly crossings: number;
    }
  /** Messages went one way only: their order is kept, but how long they took isn't known. The fastest gets 0 ms. */
  | {
      readonly kind: "one-way";
      /** Takes and returns epoch ms. */
      toReference(at: number): number;
      /** Reference clock minus other clock, in milliseconds. */
      readonly offsetMs: number;
      readonly crossings: number;
    }
  /** No message crossed. */
  | { readonly kind: "unknown" };

/** No working clock drifts more, in milliseconds per millisecond. */
const MAX_DRIFT = 500e-6;
/** Two computers rarely drift apart faster, so nothing more is assumed unless messages show it. */
const USUAL_DRIFT = 100e-6;

/**
 * Estimates the other machine's clock. `span` is the time of the other recording on its own clock, in epoch ms.
 * Where messages contradict each other (a clock was set, a machine slept), takes the line that misses their bounds by
 * the least, and adds the contradiction to the uncertainty.
 */
export function estimateClock(
  crossings: readonly Crossing[],
  span: { readonly from: number; readonly to: number },
): Clock {
  const middle = (span.from + span.to) / 2;
  // Times count from the middle, and upper bounds are mirrored to lower bounds of the negative difference.
  const above: Point[] = [];
  const below: Point[] = [];
  for (const { sentAt, arrivedAt, direction } of crossings) {
    const y = sentAt - arrivedAt;
    if (direction === "to-other") above.push({ x: arrivedAt - middle, y });
    else below.push({ x: sentAt - middle, y });
  }

  const count = crossings.length;
  if (count === 0) return { kind: "unknown" };
  if (above.length === 0 || below.length === 0) {
    const offsetMs = below.length === 0 ? highest(above) : -highest(below);
    const toReference = (at: number) => at + offsetMs;
    return { kind: "one-way", toReference, offsetMs, crossings: count };
  }

  // The middle of what is possible at both ends is itself a possible line. The spread is convex over time, so
  // nowhere in between is it larger than at the ends.
  const lines = possibleLines(hullOf(above), hullOf(below));
  const reach = Math.max((span.to - span.from) / 2, 1);
  const [start, end] = [lines.rangeAt(-reach), lines.rangeAt(reach)];
  const [first, last] = [(start.min + start.max) / 2, (end.min + end.max) / 2];
  const offsetMs = (first + last) / 2;
  const drift = (last - first) / (2 * reach);
  const spread = Math.max(start.max - start.min, end.max - end.min, 0);
  return {
    kind: "estimated",
    toReference: (at) => at + offsetMs + drift * (at - middle),
    offsetMs,
    driftPpm: drift * 1e6,
    uncertaintyMs: spread / 2 + lines.contradiction,
    crossings: count,
  };
}

/**
 * The messages that crossed between two recordings. Pairs by sender, receiver and content alone, because times can't be
 * compared yet: leaves out what a sender sent more than once or a receiver got more than once. Each `yield` is a place to
 * pause at.
 */
export function* crossingsBetween(
  reference: readonly Side[],
  other: readonly Side[],
): Generator<void, Crossing[]> {
  const crossings: Crossing[] = [];
  yield* addCrossed(crossings, reference, other, "to-other");
  yield* addCrossed(crossings, other, reference, "from-other");
  return crossings;
}

/** So many messages are looked at between two places to pause at. */
const STEP = 256;

function* addCrossed(
  crossings: Crossing[],
  senders: readonly Side[],
  receivers: readonly Side[],
  direction: Crossing["direction"],
): Generator<void, void> {
  const sent = yield* singles(
    senders.flatMap((side) => side.sent),
    ({ from }) => from,
  );
  const arrived = yield* singles(
    receivers.flatMap((side) => side.arrived),
    ({ from, by }) => `${from} ${by}`,
  );
  let looked = 0;
  for (const arrivals of arrived.values())
    for (const arrival of arrivals.values()) {
      const message = arrival && sent.get(arrival.from)?.get(arrival.content);
      // Otherwise the arrival is of an equal message, one that wasn't recorded.
      const isFor = message && (message.to === "*" || message.to.includes(arrival.by));
      if (isFor) crossings.push({ sentAt: message.at, arrivedAt: arrival.at, direction });
      if (++looked % STEP === 0) yield;
    }
}

/** Items by key and content; undefined where several have both in common. Nested, so no content is copied. */
function* singles<T extends { readonly content: string }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Generator<void, Map<string, Map<string, T | undefined>>> {
  const found = new Map<string, Map<string, T | undefined>>();
  let looked = 0;
  for (const item of items) {
    const key = keyOf(item);
    let contents = found.get(key);
    if (!contents) found.set(key, (contents = new Map()));
    contents.set(item.content, contents.has(item.content) ? undefined : item);
    if (++looked % STEP === 0) yield;
  }
  return found;
}

/** A bound: at other-time x (ms from the middle of the span) the difference is at least y (ms). */
type Point = { readonly x: number; readonly y: number };

type Lines = {
  /** The least and greatest difference that a possible line has at a time, in ms; `x` is in ms from the middle. */
  rangeAt(x: number): { readonly min: number; readonly max: number };
  /** By how much lower bounds exceed upper ones on the best line, in ms; 0 where all bounds can be kept. */
  readonly contradiction: number;
};

/**
 * The lines above all points of one hull and, mirrored, of the other. For a given slope, the difference at x = 0 lies
 * between `low` and `high`; `high - low` is concave over the slope, so every limit is found by bisection.
 */
function possibleLines(above: readonly Point[], below: readonly Point[]): Lines {
  const lowPoint = (slope: number) => touching(above, slope);
  const highPoint = (slope: number) => touching(below, -slope);
  const low = (slope: number) => lowPoint(slope).y - slope * lowPoint(slope).x;
  const high = (slope: number) => -highPoint(slope).y - slope * highPoint(slope).x;
  const room = (slope: number) => high(slope) - low(slope);

  const best = turn(-MAX_DRIFT, MAX_DRIFT, (slope) => lowPoint(slope).x > highPoint(slope).x);
  const contradiction = Math.max(-room(best), 0);
  const least = turn(-MAX_DRIFT, best, (slope) => room(slope) < -contradiction);
  const most = turn(best, MAX_DRIFT, (slope) => room(slope) >= -contradiction);
  // Twice the drift that messages show, so that one just past the usual isn't cut to a sliver of what is possible.
  const limit = Math.max(USUAL_DRIFT, 2 * least, 2 * -most);
  const [from, to] = [Math.max(least, -limit), Math.min(most, limit)];

  return {
    rangeAt(x) {
      const lowest = turn(from, to, (slope) => lowPoint(slope).x > x);
      const highest = turn(from, to, (slope) => highPoint(slope).x < x);
      return {
        min: low(lowest) + lowest * x - contradiction / 2,
        max: high(highest) + highest * x + contradiction / 2,
      };
    },
    contradiction,
  };
}

/** Enough to halve the range of slopes down to what numbers can tell apart. */
const HALVINGS = 60;

/** The slope up to which a test holds, for one that holds for all lower slopes and for none above. */
function turn(from: number, to: number, holds: (slope: number) => boolean): number {
  let [low, high] = [from, to];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The points that a line from above can touch, by ascending x. Sorts the points in place. */
function hullOf(points: Point[]): Point[] {
  points.sort((a, b) => a.x - b.x || a.y - b.y);
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length > 1 && !isAbove(hull.at(-2) as Point, hull.at(-1) as Point, point))
      hull.pop();
    hull.push(point);
  }
  return hull;
}

/** Whether a point lies above the line from the previous point to the next. */
const isAbove = (before: Point, point: Point, after: Point): boolean =>
  (point.y - before.y) * (after.x - before.x) > (after.y - before.y) * (point.x - before.x);

/** The point of a hull that a line of this slope touches, coming from above. */
function touching(hull: readonly Point[], slope: number): Point {
  let [low, high] = [0, hull.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [here, next] = [hull[middle] as Point, hull[middle + 1] as Point];
    if (next.y - here.y > slope * (next.x - here.x)) low = middle + 1;
    else high = middle;
  }
  return hull[low] as Point;
}

/** Not `Math.max(...)`: so many arguments don't fit the stack. */
const highest = (points: readonly Point[]): number =>
  points.reduce((most, { y }) => Math.max(most, y), -Infinity);
