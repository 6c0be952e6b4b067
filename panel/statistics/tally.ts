/** So many messages, and the characters (UTF-16 units) of their payloads. */
export type Count = { readonly messages: number; readonly chars: number };

/** What is shown of a count. */
export type Measure = keyof Count;

type Mutable = { -readonly [K in keyof Count]: Count[K] };

/** The name under which everything is counted that came after too many names. Nothing else is called so. */
export const REST = "\u0000rest";

/** More different names than anybody reads. An app that puts an id into its types must not fill the memory. */
const MAX_NAMES = 1_000;

/** Counts by name. */
export type Tally = {
  readonly counts: ReadonlyMap<string, Count>;
  /** Counts one message, and answers the name that it went under. */
  add(name: string, chars: number): string;
};

export function createTally(): Tally {
  const counts = new Map<string, Mutable>();
  return {
    counts,
    add(name, chars) {
      const own = counts.has(name) || counts.size < MAX_NAMES ? name : REST;
      addTo(counts, own, 1, chars);
      return own;
    },
  };
}

/** Adds to the count of a key, which need not be there yet. */
export function addTo<K>(counts: Map<K, Mutable>, key: K, messages: number, chars: number): Count {
  const count = counts.get(key);
  if (!count) {
    const first = { messages, chars };
    counts.set(key, first);
    return first;
  }
  count.messages += messages;
  count.chars += chars;
  return count;
}

/** The names with the highest counts, the highest first and equal ones in the order of their first message. */
export function topNames(
  counts: ReadonlyMap<string, Count>,
  measure: Measure,
  limit: number,
): string[] {
  return [...counts]
    .filter(([name]) => name !== REST)
    .sort(([, a], [, b]) => b[measure] - a[measure])
    .slice(0, limit)
    .map(([name]) => name);
}
