import { placeOf } from "../core/lib/slices";
import type { Entry, SessionLog } from "../core/session/session-log";

/** Entries that were looked at, by how well they fit. */
export type Tally = {
  readonly fitting: readonly Entry[];
  /** The one of the others to which the fewest things are wrong, the latest of them; and what is. */
  readonly nearest: { readonly entry: Entry; readonly misses: readonly string[] } | undefined;
  /** How many were looked at. */
  readonly seen: number;
};

/**
 * Goes through a log as it grows, looking at each entry once. `missesOf`: what is wrong with an entry, nothing when it
 * fits, or undefined for one that doesn't count.
 */
export function createTally(
  log: SessionLog,
  missesOf: (entry: Entry) => readonly string[] | undefined,
): (isAgain?: boolean) => Tally {
  let next = 0;
  let seen = 0;
  let fitting: Entry[] = [];
  let nearest: Tally["nearest"];

  return (isAgain = false) => {
    // Names may have become known that weren't when an entry was looked at.
    if (isAgain) [next, seen, fitting, nearest] = [0, 0, [], undefined];
    const { entries } = log;
    for (let at = placeOf(entries, next); at < entries.length; at++) {
      const entry = entries[at] as Entry;
      next = entry.index + 1;
      const misses = missesOf(entry);
      if (!misses) continue;
      seen++;
      if (misses.length === 0) fitting.push(entry);
      else if (!nearest || misses.length <= nearest.misses.length) nearest = { entry, misses };
    }
    return { fitting, nearest, seen };
  };
}
