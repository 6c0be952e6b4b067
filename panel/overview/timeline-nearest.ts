import type { TimeSpan } from "../../core/filter/filter";
import type { Entry } from "../../core/session/session-log";
import { countWithin, firstFrom, nearestPlace } from "../../core/lib/time-list";
import type { Timeline } from "./timeline";
import { LANE_NAMES, type LaneName } from "./timeline-lanes";

/** What lies in a stretch of time. */
export type Stretch = {
  readonly count: number;
  readonly warnings: number;
  readonly errors: number;
  /** The first of them. */
  readonly entry: Entry | undefined;
};

/** The entry that is nearest to a moment, in some lanes; undefined when they are empty. */
export function nearestEntry(
  { lanes }: Timeline,
  at: number,
  names: readonly LaneName[] = LANE_NAMES,
): Entry | undefined {
  let nearest: Entry | undefined;
  let distance = Infinity;
  for (const name of names) {
    const { times, items } = lanes[name].all;
    const place = nearestPlace(times, at);
    if (place < 0 || Math.abs((times[place] as number) - at) >= distance) continue;
    distance = Math.abs((times[place] as number) - at);
    nearest = items[place];
  }
  return nearest;
}

/** What some lanes have within a span, both ends included. */
export function stretchOf(
  { lanes }: Timeline,
  { from, to }: TimeSpan,
  names: readonly LaneName[],
): Stretch {
  let [count, warnings, errors] = [0, 0, 0];
  let entry: Entry | undefined;
  for (const name of names) {
    const { all, warnings: warned, errors: failed } = lanes[name];
    const found = countWithin(all.times, from, to);
    if (found > 0) entry ??= all.items[firstFrom(all.times, from)];
    count += found;
    warnings += countWithin(warned.times, from, to);
    errors += countWithin(failed.times, from, to);
  }
  return { count, warnings, errors, entry };
}
