import type { TimeSpan } from "../../core/filter/filter";

export type Tick = { readonly at: number; readonly label: string };

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
