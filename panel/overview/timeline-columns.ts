import type { TimeSpan } from "../../core/filter/filter";
import { firstFrom } from "../../core/lib/time-list";

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
