import type { Matcher } from "../../core/filter/filter";
import { createFollower, type IsTimeUp } from "../../core/lib/slices";
import type { CallState } from "../../core/session/call-state";
import { createOpenWrites, MOST_MESSAGES } from "../../core/session/open-writes";
import { type Entry, placeOf } from "../../core/session/session-log";

/** As a `Matcher`, without what a simple test has no need of. */
export type EntryTest = ((entry: Entry) => boolean) &
  Partial<Pick<Matcher, "isVolatile" | "isPast" | "asksDelivered">>;

type VisibleEntries = {
  /** The entries that pass the test, in order: grown in place, and another list where it changed elsewhere. */
  readonly entries: readonly Entry[];
  /** Begins again with another test, or after entries were taken out of the middle. */
  startOver(matches: EntryTest): void;
  /**
   * Looks at what was appended since the last time, until time is up, and drops what the source has dropped. Returns
   * whether it saw all.
   */
  advance(source: readonly Entry[], isTimeUp: IsTimeUp): boolean;
};

/**
 * Keeps the filtered list up to date by looking at each entry once, and again at writes whose fate was open, and at
 * messages whose delivery was, if the test asks for that.
 */
export function createVisibleEntries(
  callOf: (callId: string) => CallState | undefined = () => undefined,
  isDeliveryOpen: (entry: Entry) => boolean = () => false,
): VisibleEntries {
  let entries: Entry[] = [];
  let matches: EntryTest = () => true;
  /** Each with whether it is shown. */
  let open = createOpenWrites<boolean>(callOf);
  const newOpen = () =>
    matches.asksDelivered
      ? createOpenWrites<boolean>(callOf, MOST_MESSAGES, isDeliveryOpen)
      : createOpenWrites<boolean>(callOf);

  const follower = createFollower<Entry>({
    take(entry) {
      const isShown = matches(entry);
      if (isShown) entries.push(entry);
      if (matches.isVolatile) open.follow(entry, isShown);
    },
    startOver() {
      entries = [];
      open = newOpen();
    },
    dropBefore(index) {
      entries.splice(0, placeOf(entries, index));
      open.keep((entry) => entry.index >= index);
    },
  });

  function dropPast(isPast: (entry: Entry) => boolean): void {
    let count = 0;
    for (let entry = entries[0]; entry && isPast(entry); entry = entries[count]) count++;
    if (count > 0) entries.splice(0, count);
  }

  /** Tests writes again. What follows the list by its end has to begin again when one comes or goes: it is another list. */
  function retest(): void {
    const before = entries;
    open.recheck((entry, wasShown) => {
      const isShown = matches(entry);
      if (isShown === wasShown) return isShown;
      if (entries === before) entries = [...before];
      const place = placeOf(entries, entry.index);
      if (isShown) entries.splice(place, 0, entry);
      else if (entries[place] === entry) entries.splice(place, 1);
      return isShown;
    });
  }

  return {
    get entries() {
      return entries;
    },
    startOver(test) {
      matches = test;
      follower.startOver();
    },
    advance(source, isTimeUp) {
      const hasSeenAll = follower.advance(source, isTimeUp);
      if (matches.isPast) dropPast(matches.isPast);
      if (matches.isVolatile) retest();
      return hasSeenAll;
    },
  };
}
