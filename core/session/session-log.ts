import * as v from "valibot";

import type { DocumentInfo } from "../../extension/protocol/envelope";
import type { PageEvent } from "../../extension/protocol/event";
import { placeOf } from "../lib/slices";
import { forgetBefore } from "./call-history";
import { type CallState, newCall, reduceCall } from "./call-state";
import type { Seat, SeatOrigin } from "./seats";

/** One event in the log. */
export type Entry = {
  /** Its place in the order of arrival, counted from the first event ever and never given twice. */
  readonly index: number;
  readonly documentId: string;
  readonly event: PageEvent;
};

export type DocumentState = DocumentInfo & {
  /** Whether it is one of several pages of a recording, none of which is more the user's own than the others. */
  isOneOfSeveral?: boolean;
  isConnected: boolean;
  /** Whether it isn't connected because the user switched the inspector off in it. */
  isOff: boolean;
  /** Whether its page was left, though it is still connected: it goes, unless it answers as part of the new page. */
  isLeaving: boolean;
  /** Number of the last event that was taken over; a new connection continues after it. */
  lastSeq: number;
  /** Events that exist in the page's count but never arrived. */
  dropped: number;
  /** The first event after each gap of that kind, by its time in epoch ms; the latest ones. */
  gaps: number[];
  /** Events that were taken over, whether or not they are still here. */
  taken: number;
  /** Events that a recording says it was made without. */
  leftOut: number;
  readonly callIds: Set<string>;
  /** Where it is, and its entries, if it isn't of the inspected page but of someone else in the room. */
  readonly seat: Seat | undefined;
};

/** Entries with bounds of their own, in the order of arrival. */
export type EntryList = {
  entries: Entry[];
  /** Oldest entries that were removed to keep the panel small. */
  folded: number;
  payloadChars: number;
};

/**
 * All that is known, in the order of arrival: append only, and everything else derives from it. Kept in place rather
 * than copied, for an event must cost the same whether it is the tenth or the millionth. Its own entries are those of
 * the inspected page; each document beside it, a seat, has its own.
 */
export type SessionLog = EntryList & {
  /** All entries by call, those of seats among them, for what looks at one call alone. */
  readonly ofCall: Map<string, Entry[]>;
  /** The `index` of the next entry. */
  nextIndex: number;
  readonly documents: Map<string, DocumentState>;
  readonly calls: Map<string, CallState>;
  /** What became of the panel's commands, by their ids. */
  readonly outcomes: Map<string, Entry>;
  /** Whether the user emptied it: what is in it is not everything. */
  isCleared: boolean;
};

export const logLimitsSchema = v.object({
  events: v.pipe(v.number(), v.minValue(1_000)),
  /** UTF-16 units of payload text. */
  payloadChars: v.pipe(v.number(), v.minValue(1_000_000)),
});
export type LogLimits = Readonly<v.InferOutput<typeof logLimitsSchema>>;

export const DEFAULT_LOG_LIMITS: LogLimits = { events: 200_000, payloadChars: 134_217_728 };

/** Of each seat that grows: a recording's size is bound already. */
const SEAT_LIMITS: LogLimits = { events: 50_000, payloadChars: 33_554_432 };

export function createSessionLog(): SessionLog {
  return {
    entries: [],
    ofCall: new Map(),
    nextIndex: 0,
    documents: new Map(),
    calls: new Map(),
    outcomes: new Map(),
    folded: 0,
    isCleared: false,
    payloadChars: 0,
  };
}

/** Notes that a document is connected, for the first time or again. `origin`: where it is, if not in the inspected page. */
export function openDocument(
  log: SessionLog,
  document: DocumentInfo,
  origin?: SeatOrigin,
): DocumentState {
  const known = log.documents.get(document.documentId);
  const seat = origin && { origin, entries: [], folded: 0, payloadChars: 0 };
  const fresh = {
    lastSeq: 0,
    dropped: 0,
    gaps: [],
    taken: 0,
    leftOut: 0,
    callIds: new Set<string>(),
    seat,
  };
  const state: DocumentState = {
    ...(known ?? fresh),
    ...document,
    isConnected: true,
    isOff: false,
    isLeaving: false,
  };
  log.documents.set(document.documentId, state);
  return state;
}

/** So many gaps of a document are remembered: each is a stretch of time of which nothing is claimed. */
const MAX_GAPS = 1_000;

/** Appends an event of a known document. Returns false for one that the log already has. */
export function append(log: SessionLog, documentId: string, event: PageEvent): boolean {
  const document = log.documents.get(documentId);
  if (!document || event.seq <= document.lastSeq) return false;
  const missing = event.seq - document.lastSeq - 1;
  document.dropped += missing;
  if (missing > 0) document.gaps = [...document.gaps.slice(1 - MAX_GAPS), event.at];
  document.lastSeq = event.seq;
  document.taken++;

  if (event.callId !== "") {
    document.callIds.add(event.callId);
    const before =
      log.calls.get(event.callId) ??
      newCall(event, document.seat !== undefined, document.isOneOfSeveral);
    log.calls.set(event.callId, reduceCall(before, event));
  }
  const entry: Entry = { index: log.nextIndex++, documentId, event };
  const list = document.seat ?? log;
  list.entries.push(entry);
  const ofCall = log.ofCall.get(event.callId);
  if (ofCall) ofCall.push(entry);
  else log.ofCall.set(event.callId, [entry]);
  // A recording has no commands of this panel.
  const isRecorded = document.seat?.origin.kind === "recording";
  if (!isRecorded && "commandId" in event && event.commandId !== undefined)
    log.outcomes.set(event.commandId, entry);
  list.payloadChars += payloadCharsOf(event);
  return true;
}

/** The list that has the entries of a document: its seat's, or the inspected page's. */
export const listOf = (log: SessionLog, documentId: string): EntryList =>
  log.documents.get(documentId)?.seat ?? log;

/** The page's list of entries, then those of the seats. */
export const entryLists = (log: SessionLog): readonly EntryList[] => [
  log,
  ...[...log.documents.values()].flatMap(({ seat }) => (seat ? [seat] : [])),
];

/**
 * Removes the oldest entries past the limits, a twentieth at a time, of the page and of each seat by itself. What
 * they led to stays in `calls`. Returns how many went.
 */
export function foldOldest(
  log: SessionLog,
  limits = DEFAULT_LOG_LIMITS,
): { ofPage: number; ofSeats: number } {
  const folded = { ofPage: fold(log, limits), ofSeats: 0 };
  for (const { seat } of log.documents.values())
    if (seat?.origin.kind === "tab") folded.ofSeats += fold(seat, SEAT_LIMITS);
  if (folded.ofPage + folded.ofSeats === 0) return folded;
  for (const [callId, entries] of log.ofCall) {
    if (callId === "")
      log.ofCall.set(
        "",
        entries.filter((entry) => hasEntryIn(log, entry)),
      );
    else entries.splice(0, placeOf(entries, firstOf(log, entries)));
  }
  forgetOldest(log);
  return folded;
}

/** The index of the first entry that is left of the list that some entries of one call are in. */
function firstOf(log: SessionLog, entries: readonly Entry[]): number {
  const [entry] = entries;
  const list = entry && listOf(log, entry.documentId);
  return list?.entries[0]?.index ?? log.nextIndex;
}

function fold(list: EntryList, limits: LogLimits): number {
  let folded = 0;
  while (list.entries.length > limits.events || list.payloadChars > limits.payloadChars) {
    const gone = list.entries.splice(0, Math.max(1, Math.ceil(list.entries.length / 20)));
    for (const { event } of gone) list.payloadChars -= payloadCharsOf(event);
    folded += gone.length;
  }
  list.folded += folded;
  return folded;
}

/** As many writes of the panel can still be shown and undone when their events are gone. */
const MAX_KEPT_WRITES = 100;

/**
 * Histories reach as far back as the log, and no further: the oldest version that they keep is its base. Only what the
 * panel wrote last is kept beyond that, for its undo.
 */
function forgetOldest(log: SessionLog): void {
  const written = [...log.outcomes.values()].filter(
    ({ event }) => event.kind === "method-called" && event.method !== "sendAppMessage",
  );
  const latest = written.slice(-MAX_KEPT_WRITES).map(({ event }) => event);
  for (const [callId, { history }] of log.calls) {
    const own = latest.filter((event) => event.callId === callId);
    const from = log.ofCall.get(callId)?.[0]?.event.seq ?? Infinity;
    forgetBefore(history, from, new Set(own.map(({ seq }) => seq)));
  }
}

export { placeOf };

/** Whether entries in the order of arrival have this one. */
export const hasEntry = (entries: readonly Entry[], entry: Entry): boolean =>
  entries[placeOf(entries, entry.index)] === entry;

/** Whether the log has an entry still, of the page or of a seat. */
export const hasEntryIn = (log: SessionLog, entry: Entry): boolean =>
  hasEntry(listOf(log, entry.documentId).entries, entry);

/** Empties the log; calls, people and numbers stay, because they still hold. */
export function clearEntries(log: SessionLog): void {
  log.ofCall.clear();
  log.isCleared = true;
  empty(log);
  for (const document of log.documents.values()) {
    document.dropped = 0;
    if (document.seat) empty(document.seat);
  }
  forgetOldest(log);
}

function empty(list: EntryList): void {
  list.entries = [];
  list.folded = 0;
  list.payloadChars = 0;
}

/** Removes documents with all their events and calls, and returns how many events of the page went. */
export function removeDocuments(log: SessionLog, documentIds: ReadonlySet<string>): number {
  const before = log.entries.length;
  for (const documentId of documentIds) {
    for (const callId of log.documents.get(documentId)?.callIds ?? []) {
      log.calls.delete(callId);
      log.ofCall.delete(callId);
    }
    log.documents.delete(documentId);
  }
  const stays = (entry: Entry) => !documentIds.has(entry.documentId);
  if (!log.entries.every(stays)) log.entries = log.entries.filter(stays);
  // Events without a call may be of any document.
  log.ofCall.set("", log.ofCall.get("")?.filter(stays) ?? []);
  log.payloadChars = log.entries.reduce((sum, { event }) => sum + payloadCharsOf(event), 0);
  return before - log.entries.length;
}

function payloadCharsOf(event: PageEvent): number {
  return "payload" in event && event.payload ? event.payload.json.length : 0;
}
