import type { TimeSpan } from "../../core/filter/filter";
import { firstFrom } from "../../core/lib/time-list";

/** Between times (epoch ms) and places (CSS pixels from the left). */
export type TimeScale = {
  readonly span: TimeSpan;
  readonly left: number;
  readonly right: number;
  readonly msPerPixel: number;
  x(at: number): number;
  at(x: number): number;
};

/** Shows a span from `left` to `right`. */
export function timeScale(span: TimeSpan, left: number, right: number): TimeScale {
  const msPerPixel = (span.to - span.from) / Math.max(1, right - left);
  return {
    span,
    left,
    right,
    msPerPixel,
    x: (at) => left + (at - span.from) / msPerPixel,
    at: (x) => span.from + (x - left) * msPerPixel,
  };
}

type Tick = { readonly at: number; readonly label: string };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that people count time in, from a second to a day. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
];

/** The step between ticks that are at least `least` ms apart. */
function stepFrom(least: number): number {
  const step = STEPS.find((each) => each >= least);
  if (step !== undefined && least > SECOND / 2) return step;
  // Below a second and from a day on: 1, 2, 5, 10, 20, 50 …
  const unit = least > SECOND ? DAY : 1;
  const power = 10 ** Math.floor(Math.log10(Math.max(least / unit, 1)));
  return unit * power * ([1, 2, 5].find((each) => unit * power * each >= least) ?? 10);
}

/** Ticks of a span, `least` ms apart or more, counted and labelled from `origin` on. */
export function ticksOf({ from, to }: TimeSpan, origin: number, least: number): Tick[] {
  const step = stepFrom(least);
  const ticks: Tick[] = [];
  for (let count = Math.ceil((from - origin) / step); ; count++) {
    const at = origin + count * step;
    // A time too large to be counted on from ends it as well.
    if (!(at <= to) || ticks.length > 1_000) return ticks;
    ticks.push({ at, label: formatElapsed(count * step, step) });
  }
}

/** Time since the start as said briefly: `350 ms`, `12.5 s`, `1:30`, `2:05:00`, `3 d`; exact to `step` ms. */
export function formatElapsed(elapsed: number, step = 1): string {
  if (elapsed < 0) return `−${formatElapsed(-elapsed, step)}`;
  const ms = Math.round(elapsed);
  if (ms === 0) return "0 s";
  if (ms >= DAY && step >= DAY) return `${Math.floor(ms / DAY)} d`;
  if (ms < SECOND && step < SECOND) return `${ms} ms`;
  const digits = step < 10 ? 3 : step < 100 ? 2 : step < SECOND ? 1 : 0;
  const seconds = ((ms % MINUTE) / SECOND).toFixed(digits);
  if (ms < MINUTE) return `${seconds} s`;
  const padded = seconds.padStart(digits === 0 ? 2 : digits + 3, "0");
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (ms < HOUR) return `${minutes}:${padded}`;
  return `${Math.floor(ms / HOUR)}:${String(minutes).padStart(2, "0")}:${padded}`;
}

/** Tenths of a second, at most, and steps of a span, at least, that tell its ends apart. */
const COARSEST = 100;
const STEPS_OF_SPAN = 10;

/** From when to when since the start, as exact as a short span needs it: `6.3 s to 12.0 s`, `6.312 s to 6.332 s`. */
export function describeSpan({ from, to }: TimeSpan, origin: number): string {
  const step = Math.min(COARSEST, (to - from) / STEPS_OF_SPAN);
  return `${formatElapsed(from - origin, step)} to ${formatElapsed(to - origin, step)}`;
}

/** What part of the time there is is looked at: all of it, the latest of it, or a part that stays where it is. */
export type Viewport =
  | { readonly kind: "all" }
  | { readonly kind: "latest"; readonly duration: number }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export const ALL: Viewport = { kind: "all" };

/** The shortest and the least overall time that is shown, in ms. */
const SHORTEST = 20;
const LEAST = 1_000;

/** Whether the right edge moves on with the time. */
export const isFollowing = (view: Viewport): boolean => view.kind !== "fixed";

/** All the time there is, never so short that a single event would fill it. */
export const wholeSpan = (from: number, to: number): TimeSpan => ({
  from,
  to: Math.max(to, from + LEAST),
});

/** The span that a viewport shows of the whole. */
export function visibleSpan(view: Viewport, whole: TimeSpan): TimeSpan {
  switch (view.kind) {
    case "all":
      return whole;
    case "latest":
      return { from: Math.max(whole.from, whole.to - view.duration), to: whole.to };
    case "fixed":
      return view;
  }
}

/** Zooms by a factor (below 1: closer), with the time at `anchor` (0 left to 1 right) staying where it is. */
export function zoomed(view: Viewport, whole: TimeSpan, factor: number, anchor: number): Viewport {
  const { from, to } = visibleSpan(view, whole);
  const longest = whole.to - whole.from;
  const duration = Math.max(Math.min(SHORTEST, longest), (to - from) * factor);
  if (duration >= longest) return ALL;
  return fixedAt(from + (to - from - duration) * anchor, duration, whole);
}

/** Moves by some time (ms, to the right when positive), but not past what there is. */
export function panned(view: Viewport, whole: TimeSpan, by: number): Viewport {
  const { from, to } = visibleSpan(view, whole);
  return view.kind === "all" ? view : fixedAt(from + by, to - from, whole);
}

function fixedAt(from: number, duration: number, whole: TimeSpan): Viewport {
  const start = Math.max(whole.from, Math.min(from, whole.to - duration));
  return { kind: "fixed", from: start, to: start + duration };
}

/** The same part, moving on with the time. */
export function latest(view: Viewport): Viewport {
  return view.kind === "fixed" ? { kind: "latest", duration: view.to - view.from } : view;
}

/** A stretch of time with something in it: the places from `first` up to, but without, `end`. */
export type Column = { readonly at: number; readonly first: number; readonly end: number };

/** Pixels that a column takes at least; it takes less than twice as many. */
const MIN_COLUMN = 3;

/** How long a column lasts: a power of two, so that zooming a little or panning leaves the columns as they are. */
export const columnDuration = (msPerPixel: number): number =>
  2 ** Math.ceil(Math.log2(msPerPixel * MIN_COLUMN));

/**
 * The columns of a span that are not empty, each beginning at a multiple of `duration` (ms). Costs as much as there
 * are columns, however many times there are.
 */
export function columnsOf(
  times: readonly number[],
  { from, to }: TimeSpan,
  duration: number,
): Column[] {
  const columns: Column[] = [];
  let first = firstFrom(times, Math.floor(from / duration) * duration);
  for (;;) {
    const time = times[first];
    if (time === undefined || time > to) return columns;
    const at = Math.floor(time / duration) * duration;
    const end = firstFrom(times, at + duration, first + 1);
    columns.push({ at, first, end });
    first = end;
  }
}
