import type { Sighting } from "./rule";

type Held = { readonly sighting: Sighting; isTold: boolean };

type Enough = {
  /** So many of one key make it worth telling. */
  readonly times: number;
  /** They must have come within so long of each other, all through; if not given, they may take as long as they like. */
  readonly withinMs?: number;
};

/** A page may have any number of keys. */
const MAX_KEYS = 200;

/**
 * Holds back what means little until there is enough of it, key by key: then tells all that it held, and from there on
 * each one as it comes, so that the count of a finding is what happened and not a multiple of the threshold. A sighting
 * that is enough by itself says so.
 */
export function gathering(
  report: (sighting: Sighting) => void,
  { times, withinMs }: Enough,
): (sighting: Sighting, isEnough?: boolean) => void {
  const held = new Map<string, Held[]>();
  const open = new Set<string>();
  return (sighting, isEnough = false) => {
    const { key, at } = sighting;
    if (open.has(key)) return report(sighting);
    const before = held.get(key);
    if (!before && held.size + open.size >= MAX_KEYS) return;
    const latest = [...(before ?? []), { sighting, isTold: false }].slice(-times);
    held.set(key, latest);
    const [first] = latest;
    const isFull = latest.length === times && first !== undefined;
    const isClose = withinMs === undefined || (isFull && at - first.sighting.at <= withinMs);
    if (!isEnough && !(isFull && isClose)) return;
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
