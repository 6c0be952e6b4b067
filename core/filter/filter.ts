import { parseFilter } from "./language/parse-filter";
import type { CallState } from "../session/call-state";
import type { Outcome } from "../delivery/deliveries";
import type { Entry } from "../session/session-log";
import { hasWords, termTests } from "./term-matcher";
import { channelOf, type RowChannel, viewOf } from "../session/event-view";

/** From one moment to another, both included; epoch ms. */
export type TimeSpan = { readonly from: number; readonly to: number };

export type Filter = {
  readonly channels: ReadonlySet<RowChannel>;
  /** Show one call only; undefined for all. */
  readonly callId: string | undefined;
  /** In the filter language; what is not understood of it is ignored. */
  readonly text: string;
  /** Show only what happened then; undefined for all. */
  readonly span: TimeSpan | undefined;
  /** Whether the events of other seats of the room are shown beside the page's. */
  readonly isRoomWide: boolean;
};

export const ALL_CHANNELS: readonly RowChannel[] = [
  "app-message",
  "user-data",
  "session-data",
  "people",
  "call",
];

export const NO_FILTER: Filter = {
  channels: new Set(ALL_CHANNELS),
  callId: undefined,
  text: "",
  span: undefined,
  isRoomWide: false,
};

/** Whether a filter asks for the events of other seats: all of theirs, or those of some. */
export function isRoomWide(
  { isRoomWide, callId, text }: Filter,
  callOf: (callId: string) => CallState | undefined,
): boolean {
  if (isRoomWide || (callId !== undefined && callOf(callId)?.isOfSeat === true)) return true;
  return (
    text.includes("seat:") &&
    parseFilter(text).terms.some(({ condition }) => condition.key === "seat")
  );
}

/** Whether a filter leaves anything out. */
export function isNarrowing({ channels, callId, text, span }: Filter): boolean {
  return (
    channels.size < ALL_CHANNELS.length ||
    callId !== undefined ||
    text.trim() !== "" ||
    span !== undefined
  );
}

/** Whether a moment lies in a span; any does in none. */
export const isWithin = (at: number, span: TimeSpan | undefined): boolean =>
  !span || (at >= span.from && at <= span.to);

/** Whether two filters let the same through, whatever their time spans. */
export const isSameButSpan = (a: Filter, b: Filter): boolean =>
  a.channels === b.channels &&
  a.callId === b.callId &&
  a.text === b.text &&
  a.isRoomWide === b.isRoomWide;

/** A test for entries. */
export type Matcher = ((entry: Entry) => boolean) & {
  /** What a later event tells of an entry may change the answer. */
  readonly isVolatile: boolean;
  /** Whether it asks what became of messages and writes at the other ends. */
  readonly asksDelivered: boolean;
  /** Whether an entry, and all before it, has got too old for a filter that slides with the log. */
  readonly isPast?: (entry: Entry) => boolean;
};

/** What a test needs to know beyond an entry. */
type Log = {
  readonly callOf: (callId: string) => CallState | undefined;
  /** Epoch ms, to tell a write that waits from one that has waited too long. */
  readonly now: () => number;
  /** What became of a message or a write at the other ends in view; undefined where there is none. */
  readonly outcomeOf?: (entry: Entry) => Outcome | undefined;
};

/**
 * The test of a filter, but for its time span: the same for the table, the overview and the export. `latestAt`: the time
 * of the newest event of the log, in epoch ms.
 */
export function createMatcher(
  filter: Filter,
  { callOf, now, latestAt = now, outcomeOf }: Log & { readonly latestAt?: () => number },
): Matcher {
  const { terms } = parseFilter(filter.text);
  const { tests, isVolatile, slidingMs } = termTests(terms, outcomeOf);
  const isPast = ({ event }: Entry) => slidingMs !== undefined && event.at < latestAt() - slidingMs;
  const matches = (entry: Entry): boolean => {
    const channel = channelOf(entry);
    if (!channel || !filter.channels.has(channel)) return false;
    const { callId } = entry.event;
    if (filter.callId !== undefined && callId !== "" && callId !== filter.callId) return false;
    if (isPast(entry)) return false;
    if (tests.length === 0) return true;
    const view = viewOf(entry, callOf(callId));
    const time = isVolatile ? now() : 0;
    return tests.every((test) => test(view, time));
  };
  const asksDelivered = terms.some(({ condition }) => condition.key === "delivered");
  return Object.assign(
    matches,
    { isVolatile, asksDelivered },
    slidingMs === undefined ? {} : { isPast },
  );
}

/** The test of a text in the filter language. Throws an Error with a sentence where any of it isn't understood. */
export function createStrictMatcher(
  text: string,
  log: Parameters<typeof createMatcher>[1],
): Matcher {
  const [problem] = parseFilter(text).problems;
  if (problem) throw new Error(`The filter ${JSON.stringify(text)}: ${problem.message}`);
  return createMatcher({ ...NO_FILTER, text }, log);
}

/** A test for entries in whose row or payload a text occurs; case does not matter. */
export function createSearch(text: string, { callOf, now }: Log): Matcher {
  const wanted = text.toLowerCase();
  const matches = (entry: Entry): boolean => {
    if (!channelOf(entry)) return false;
    return hasWords(viewOf(entry, callOf(entry.event.callId)), now(), wanted);
  };
  return Object.assign(matches, { isVolatile: true, asksDelivered: false });
}
