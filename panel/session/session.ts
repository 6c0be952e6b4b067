import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import {
  createMatcher,
  createSearch,
  type Filter,
  isSameButSpan,
  isWithin,
  isRoomWide,
  type TimeSpan,
} from "../../core/filter/filter";
import type { CallState } from "../../core/session/call-state";
import { createDeliveries } from "../../core/delivery/deliveries";
import {
  createRoomWideList,
  listSeats,
  ownRooms,
  type SeatSummary,
} from "../../core/session/seats";
import {
  createSessionLog,
  type Entry,
  hasEntry,
  hasEntryIn,
  entryLists,
  placeOf,
  type SessionLog,
} from "../../core/session/session-log";
import type { Arrangement } from "./arrangement";
import {
  type CallSummary,
  countLog,
  createCallList,
  type LogCounts,
} from "../../core/session/call-list";
import { createVisibleEntries, type EntryTest } from "./visible-entries";
import { createTableRows, type TableRow, type TableRows } from "./table-rows";

/** What the table shows. The lists grow in place: the object around them is new each time they did. */
export type Shown = {
  /** All that passes the filter but for its time span, in the order of arrival. */
  readonly matching: readonly Entry[];
  /** Those of them that lie in the time span. */
  readonly entries: readonly Entry[];
  /** The same as rows, sorted or grouped. */
  readonly rows: readonly TableRow[];
  /** Those of them in which the text that is searched for occurs; empty while none is. */
  readonly found: readonly Entry[];
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
};

export type Session = ReturnType<typeof createSession>;

/** Where a recording came from. */
export type SessionSource = {
  readonly name: string;
  readonly recordedAt: string;
  readonly page: { readonly url: string; readonly title: string };
  readonly userAgent: string;
  readonly isMasked: boolean;
  /** Whether it is the one that ships with the extension. */
  readonly isSample?: boolean;
  /** Events of the session that are not in the file: cleared, folded, or not chosen. */
  readonly leftOut: number;
  /** Events of the file that could not be used, and what was wrong with the first; grows until it is shown. */
  readonly skipped: { count: number; first: string };
};

/** Long enough to be of use, short enough that no one waits for it. */
const SLICE_MS = 8;

/** More new entries at once than a table shows: no one reads them, so they come less often by this factor. */
const VIEWFUL = 30;
const FLOOD_SLOWER = 2.5;

const BY_TIME: Arrangement = { group: "none", sort: { column: "time", isDescending: false } };

type View = {
  readonly filter: ReadonlySignal<Filter>;
  readonly arrangement: ReadonlySignal<Arrangement>;
  /** Epoch ms; goes on while something waits. */
  readonly clock: ReadonlySignal<number>;
  /** What is searched for within the rows that are shown. */
  readonly find: ReadonlySignal<string>;
  /** Whether the events of all seats are shown, whatever the filter asks for. */
  readonly showsRoom: ReadonlySignal<boolean>;
};

export type Pace = {
  /** Changes of the log are told at most so often, in milliseconds; 0 for at once. */
  readonly paceMs?: number;
  readonly later?: (run: () => void, delayMs: number) => unknown;
};

/**
 * A log and what is derived from it: of the page, or of a recording when there is a `source`. Long work is done in
 * slices, `later` being how the next one is asked for.
 */
export function createSession(
  { filter, arrangement, clock, find, showsRoom }: View,
  source?: SessionSource,
  { paceMs = 0, later = setTimeout }: Pace = {},
) {
  const log: SessionLog = createSessionLog();
  /** Counts changes of the log, which is changed in place. */
  const version = signal(0);
  /** Counts the times when entries went out of the middle of the log. */
  const generation = signal(0);

  /** Stretches of the log that came while recording was paused, by the index of their first entry and of the next one. */
  const pauses: { readonly from: number; to: number }[] = [];
  const isPaused = ({ index, documentId }: Entry): boolean =>
    pauses.some(({ from, to }) => index >= from && index < to) &&
    // What a recording holds isn't new.
    log.documents.get(documentId)?.seat?.origin.kind !== "recording";

  const callOf = (callId: string): CallState | undefined => log.calls.get(callId);
  const matching = createVisibleEntries(callOf, (entry) => deliveries.isOpen(entry));
  const inSpan = createVisibleEntries();
  const found = createVisibleEntries(callOf);
  let span: TimeSpan | undefined;
  let searched = "";
  const nowOf = () => (source ? Date.parse(source.recordedAt) : clock.peek());
  const table = createTableRows(callOf, nowOf);
  const deliveries = createDeliveries(log);
  const roomWide = createRoomWideList(log);
  let isScheduled = false;
  /** The test of the filter. */
  let matches: EntryTest | undefined;
  /** The revision of what is known of deliveries that it was last asked with. */
  let paired = 0;

  /** What the filter is asked about: the page's entries, or those of all seats. */
  const candidates = () =>
    showsRoom.peek() || isRoomWide(filter.peek(), callOf) ? roomWide.entries() : log.entries;

  const visible = () => (span ? inSpan.entries : matching.entries);

  const shown: Signal<Shown> = signal(current(true));

  function current(isComplete: boolean): Shown {
    return {
      matching: matching.entries,
      entries: visible(),
      rows: table.rows,
      found: found.entries,
      isComplete,
    };
  }

  function advance(): void {
    const end = performance.now() + SLICE_MS;
    const isTimeUp = () => performance.now() > end;
    const hasPairedAll = deliveries.advance(isTimeUp);
    if (hasPairedAll) reviewDelivered();
    // Each continues with what the previous one has found so far.
    const isComplete = [
      hasPairedAll,
      matching.advance(candidates(), isTimeUp),
      !span || inSpan.advance(matching.entries, isTimeUp),
      table.advance(visible(), isTimeUp),
      searched === "" || found.advance(visible(), isTimeUp),
    ].every(Boolean);
    shown.value = current(isComplete);
    if (isComplete || isScheduled) return;
    isScheduled = true;
    later(() => {
      isScheduled = false;
      advance();
    }, 0);
  }

  /** What the filter says of old messages, if it asks what became of them, after that has changed. */
  function reviewDelivered(): void {
    if (paired === deliveries.revision()) return;
    paired = deliveries.revision();
    if (matches?.asksDelivered) matching.startOver(matches);
  }

  const told = { at: -Infinity, index: 0, isFlood: false };
  let isToldLater = false;

  function tell(): void {
    isToldLater = false;
    told.at = performance.now();
    told.isFlood = log.nextIndex - told.index > VIEWFUL;
    told.index = log.nextIndex;
    version.value++;
  }

  /** The log has changed. A burst of changes shows as one: no one reads faster than that. */
  function changed(): void {
    const waitMs = told.at + (told.isFlood ? FLOOD_SLOWER : 1) * paceMs - performance.now();
    if (waitMs <= 0) tell();
    else if (!isToldLater) {
      isToldLater = true;
      later(tell, waitMs);
    }
  }

  const outcomeOf = (entry: Entry) => deliveries.outcomeOf(entry, latestAt());
  /** Epoch ms of what is known of deliveries: of a page that says no more, time passes all the same. */
  const latestAt = () =>
    Math.max(nowOf(), log.entries.at(-1)?.event.at ?? 0, source ? 0 : Date.now());

  let seen: { readonly filter: Filter; readonly generation: number } | undefined;
  let arranged: Arrangement | undefined;
  const stop = effect(() => {
    void [version.value, clock.value, showsRoom.value];
    const now = { filter: filter.value, generation: generation.value };
    if (seen && now.generation !== seen.generation) deliveries.startOver();
    if (now.generation !== seen?.generation || !isSameButSpan(now.filter, seen.filter)) {
      const matcher = createMatcher(now.filter, {
        callOf,
        now: nowOf,
        latestAt: () => log.entries.at(-1)?.event.at ?? 0,
        outcomeOf,
      });
      const { isVolatile, asksDelivered, isPast } = matcher;
      const test = (entry: Entry) => !isPaused(entry) && matcher(entry);
      matches = Object.assign(test, { isVolatile, asksDelivered }, isPast && { isPast });
      matching.startOver(matches);
    }
    if (now.generation !== seen?.generation || now.filter !== seen.filter) {
      span = now.filter.span;
      inSpan.startOver(({ event }) => isWithin(event.at, span));
    }
    if (
      now.generation !== seen?.generation ||
      now.filter !== seen.filter ||
      find.value !== searched
    ) {
      searched = find.value;
      found.startOver(
        searched === "" ? () => false : createSearch(searched, { callOf, now: nowOf }),
      );
    }
    seen = now;
    const { sort, group } = arrangement.value;
    const isInOrder = !sort && group === "none";
    // Events of different pages come in as they are sent: only their times tell their order.
    const order = isInOrder && isRoomWide(now.filter, callOf) ? BY_TIME : arrangement.value;
    if (order !== arranged) table.startOver((arranged = order));
    advance();
  });

  const listCalls = createCallList(log);
  const calls: ReadonlySignal<readonly CallSummary[]> = computed(
    () => (version.value, listCalls()),
  );
  const counts: ReadonlySignal<LogCounts> = computed(() => (version.value, countLog(log)));
  let listedSeats: readonly SeatSummary[] = [];
  const seats: ReadonlySignal<readonly SeatSummary[]> = computed(() => {
    void version.value;
    const now = listSeats(log);
    // Nothing to tell, as long as the page is alone.
    if (now.length > 0 || listedSeats.length > 0) listedSeats = now;
    return listedSeats;
  });
  /** Addresses of the rooms of the page, one a line. */
  const rooms: ReadonlySignal<string> = computed(
    () => (version.value, [...ownRooms(log)].join("\n")),
  );

  return {
    log,
    source,
    generation: generation as ReadonlySignal<number>,
    shown: shown as ReadonlySignal<Shown>,
    calls,
    counts,
    seats,
    rooms,
    deliveries,
    /** What became of a message or a write at the other ends in view, as of now; undefined where there is none. */
    deliveryOf: outcomeOf,
    callOf,
    /** Whether an entry came while recording was paused, and so isn't shown. */
    isPaused,
    changed,

    /** From now on, entries are part of the log, for what state they lead to, and are not shown. */
    pause: () => void pauses.push({ from: log.nextIndex, to: Infinity }),
    resume(): void {
      const last = pauses.at(-1);
      if (last) last.to = log.nextIndex;
    },

    /** Entries went away, and not only the oldest. */
    cut(): void {
      generation.value++;
      version.value++;
    },

    /**
     * A call for views of its history, which is kept in place: a new object each time the log changes, so that whatever
     * is handed a part of it notices.
     */
    freshCall(callId: string): CallState | undefined {
      void version.value;
      const call = log.calls.get(callId);
      return call && { ...call, history: { ...call.history } };
    },

    /** Entries of one call, in order; grown in place. */
    entriesOf: (callId: string): readonly Entry[] => (version.value, log.ofCall.get(callId) ?? []),

    has: (entry: Entry): boolean => hasEntryIn(log, entry),
    isVisible: (entry: Entry): boolean => hasEntry(shown.value.entries, entry),

    /** The entry with this index, while the log has it. */
    entryAt(index: number): Entry | undefined {
      for (const { entries } of entryLists(log)) {
        const entry = entries[placeOf(entries, index)];
        if (entry?.index === index) return entry;
      }
      return undefined;
    },

    find(callId: string, seq: number): Entry | undefined {
      // Numbers ascend within a call, as places do.
      const entries = log.ofCall.get(callId) ?? [];
      let [low, high] = [0, entries.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((entries[middle] as Entry).event.seq < seq) low = middle + 1;
        else high = middle;
      }
      return entries[low]?.event.seq === seq ? entries[low] : undefined;
    },

    placeOfRow: (entry: Entry): number => table.placeOf(entry),

    toggleGroup(group: Parameters<TableRows["toggle"]>[0]): void {
      table.toggle(group);
      shown.value = current(shown.peek().isComplete);
    },

    dispose: stop,
  };
}
