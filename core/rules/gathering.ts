import type { Sighting } from "./rule";

type Held = { readonly sighting: Sighting; isTold: boolean };

export type Enough = {
  /** So many of one subject make it worth telling. */
  readonly times: number;
  /** They must have come within so long of each other, all through; if not given, they may take as long as they like. */
  readonly withinMs?: number;
  /** Whether a sighting is enough by itself. */
  readonly isAlone?: (sighting: Sighting) => boolean;
};

/** A page may have any number of subjects. */
const MAX_KEYS = 200;

/**
 * Holds the sightings of a subject until there are enough, then reports them all, subject by subject: then tells all that it held, and from there on
 * each one as it comes, so that the count of a finding is what happened and not a multiple of the threshold.
 */
export function gathering(
  report: (sighting: Sighting) => void,
  { times, withinMs, isAlone }: Enough,
): (sighting: Sighting) => void {
  const held = new Map<string, Held[]>();
  const open = new Set<string>();
  return (sighting) => {
    const { subject, at } = sighting;
    const key = subject?.text ?? "";
    if (open.has(key) || sighting.times === 0) return report(sighting);
    const before = held.get(key);
    if (!before && held.size + open.size >= MAX_KEYS) return;
    const latest = [...(before ?? []), { sighting, isTold: false }].slice(-times);
    held.set(key, latest);
    const [first] = latest;
    const isFull = latest.length === times && first !== undefined;
    const isClose = withinMs === undefined || (isFull && at - first.sighting.at <= withinMs);
    if (!isAlone?.(sighting) && !(isFull && isClose)) return;
    for (const each of latest) {
      if (!each.isTold) report(each.sighting);
      each.isTold = true;
    }
    // Without a time there is nothing left to wait for.
    if (withinMs !== undefined) return;
    open.add(key);
    held.delete(key);
  };
}
