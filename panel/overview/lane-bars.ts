import type { LaneBox } from "./overview-layout";
import type { TimeScale } from "./time-scale";
import type { Lane } from "./timeline";
import { type Column, columnDuration, columnsOf } from "./timeline-columns";

/** Where a bar is, in CSS pixels, and the worst of what it stands for. */
export type Bar = {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly level: "warning" | "error" | undefined;
};

/** Pixels: of a single event, and of what can be seen at all. */
const EVENT_WIDTH = 3;
const LEAST_HEIGHT = 3;

/** Share of the height of a lane that a single event takes. */
const SINGLE = 0.45;

/** A column with so many events is as high as it gets. */
const FULL = 512;

/**
 * The bars of a lane: one for an event by itself where there is room, else one for a column, higher with the logarithm
 * of how many there are. An event is in one bar only, and so is what is marked.
 */
export function barsOf({ all, warnings, errors }: Lane, box: LaneBox, scale: TimeScale): Bar[] {
  const duration = columnDuration(scale.msPerPixel);
  const columns = (times: readonly number[]) => columnsOf(times, scale.span, duration);
  const placesOf = (times: readonly number[]) => new Set(columns(times).map(({ at }) => at));
  const [warned, failed] = [placesOf(warnings.times), placesOf(errors.times)];
  return columns(all.times).map((column): Bar => {
    const height = heightOf(column.end - column.first, box.height);
    const top = box.grows === "up" ? box.top + box.height - height : box.top;
    const level = failed.has(column.at) ? "error" : warned.has(column.at) ? "warning" : undefined;
    return { ...across(column, all.times, duration, scale), top, height, level };
  });
}

function heightOf(count: number, most: number): number {
  const share = Math.min(1, Math.log2(count) / Math.log2(FULL));
  return Math.max(LEAST_HEIGHT, Math.round(most * (SINGLE + (1 - SINGLE) * share)));
}

function across(
  { at, first, end }: Column,
  times: readonly number[],
  duration: number,
  scale: TimeScale,
): Pick<Bar, "left" | "width"> {
  if (end - first === 1)
    return { left: Math.round(scale.x(times[first] as number)), width: EVENT_WIDTH };
  const [left, right] = [Math.round(scale.x(at)), Math.round(scale.x(at + duration))];
  return { left, width: Math.max(EVENT_WIDTH, right - left - 1) };
}

/** How much of a bar is its mark: all of a low one, the end of a high one. */
const MARK = 5;

/** The part of a bar that is marked, at the end to which it grows. */
export function markOf({ left, width, top, height }: Bar, { grows }: LaneBox): Omit<Bar, "level"> {
  const marked = Math.min(height, MARK);
  return { left, width, top: grows === "up" ? top : top + height - marked, height: marked };
}
