import type { CallState } from "../../core/session/call-state";
import type { Matcher } from "../../core/filter/filter";
import { type Entry, placeOf } from "../../core/session/session-log";
import { createUnsettledEntries } from "./unsettled-entries";

/** Tells work that can stop whether it should. */
export type IsTimeUp = () => boolean;

/** As a `Matcher`, without what a simple test has no need of. */
type EntryTest = ((entry: Entry) => boolean) & Partial<Pick<Matcher, "isVolatile" | "isPast">>;

export type VisibleEntries = {
  /** The entries that pass the test, in order: grown in place, and another list where it changed elsewhere. */
  readonly entries: readonly Entry[];
  /** Begins anew with another test, or after entries were taken out of the middle. */
  startOver(matches: EntryTest): void;
  /**
   * Looks at what was appended since the last time, until time is up, and lets go of what the source has let go of.
   * Answers whether it saw all.
   */
  advance(source: readonly Entry[], isTimeUp: IsTimeUp): boolean;
};

/** So many entries are looked at between two looks at the clock. */
const STEP = 64;

/** Keeps the filtered list up to date by looking at each entry once, and again at those whose fate was open. */
export function createVisibleEntries(
  callOf: (callId: string) => CallState | undefined = () => undefined,
): VisibleEntries {
  let entries: Entry[] = [];
  let source: readonly Entry[] = [];
  let nextIndex = 0;
  let matches: EntryTest = () => true;
  let unsettled = createUnsettledEntries(callOf);

  function startOver(test: EntryTest): void {
    entries = [];
    nextIndex = 0;
    matches = test;
    unsettled = createUnsettledEntries(callOf);
  }

  function dropPast(isPast: (entry: Entry) => boolean): void {
    let count = 0;
    for (let entry = entries[0]; entry && isPast(entry); entry = entries[count]) count++;
    if (count > 0) entries.splice(0, count);
  }

  return {
    get entries() {
      return entries;
    },
    startOver,

    advance(from, isTimeUp) {
      if (from !== source) startOver(matches);
      source = from;
      const first = source[0]?.index ?? Infinity;
      if ((entries[0]?.index ?? first) < first) entries.splice(0, placeOf(entries, first));
      if (matches.isPast) dropPast(matches.isPast);
      if (matches.isVolatile) entries = unsettled.retest(entries, matches);
      let at = placeOf(source, nextIndex);
      while (at < source.length) {
        const end = Math.min(source.length, at + STEP);
        for (; at < end; at++) {
          const entry = source[at] as Entry;
          const isShown = matches(entry);
          if (isShown) entries.push(entry);
          if (matches.isVolatile) unsettled.follow(entry, isShown);
          nextIndex = entry.index + 1;
        }
        if (isTimeUp()) break;
      }
      return at >= source.length;
    },
  };
}
