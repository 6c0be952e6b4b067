import { type Entry, placeOf } from "./session-log";

/** Tells work that can stop whether it should. */
export type IsTimeUp = () => boolean;

export type VisibleEntries = {
  /** The entries that pass the filter, in order: grown in place. */
  readonly entries: readonly Entry[];
  /** Begins anew with another test, or after entries were taken out of the middle. */
  startOver(matches: (entry: Entry) => boolean): void;
  /**
   * Looks at what was appended since the last time, until time is up, and lets go of what the source has let go of.
   * Answers whether it saw all.
   */
  advance(source: readonly Entry[], isTimeUp: IsTimeUp): boolean;
};

/** So many entries are looked at between two looks at the clock. */
const STEP = 64;

/** Keeps the filtered list up to date by looking at each entry once. */
export function createVisibleEntries(): VisibleEntries {
  let entries: Entry[] = [];
  let nextIndex = 0;
  let matches: (entry: Entry) => boolean = () => true;
  return {
    get entries() {
      return entries;
    },

    startOver(test) {
      entries = [];
      nextIndex = 0;
      matches = test;
    },

    advance(source, isTimeUp) {
      const first = source[0]?.index ?? Infinity;
      if ((entries[0]?.index ?? first) < first) entries.splice(0, placeOf(entries, first));
      let at = placeOf(source, nextIndex);
      while (at < source.length) {
        const end = Math.min(source.length, at + STEP);
        for (; at < end; at++) {
          const entry = source[at] as Entry;
          if (matches(entry)) entries.push(entry);
          nextIndex = entry.index + 1;
        }
        if (isTimeUp()) break;
      }
      return at >= source.length;
    },
  };
}
