import * as v from "valibot";

import type { DocumentInfo } from "../../extension/protocol/envelope";
import type { PageEvent } from "../../extension/protocol/event";
import { placeOf } from "../lib/slices";
import { forgetBefore } from "./call-history";
import { type CallState, newCall, reduceCall } from "./call-state";

/** One event in the log. */
export type Entry = {
  /** Its place in the order of arrival, counted from the first event ever and never given twice. */
  readonly index: number;
  readonly documentId: string;
  readonly event: PageEvent;
};

export type DocumentState = DocumentInfo & {
  isConnected: boolean;
  /** Number of the last event that was taken over; a new connection continues after it. */
  lastSeq: number;
  /** Events that exist in the page's count but never arrived. */
  dropped: number;
  /** Events that were taken over, whether or not they are still here. */
  taken: number;
  /** Events that a recording says it was made without. */
  leftOut: number;
  readonly callIds: Set<string>;
};

/**
 * All that is known, in the order of arrival: append only, and everything else derives from it. Kept in place rather
 * than copied, for an event must cost the same whether it is the tenth or the millionth.
 */
export type SessionLog = {
  entries: Entry[];
  /** The same entries by call, for what looks at one call alone. */
  readonly ofCall: Map<string, Entry[]>;
  /** The `index` of the next entry. */
  nextIndex: number;
  readonly documents: Map<string, DocumentState>;
  readonly calls: Map<string, CallState>;
  /** What became of the panel's commands, by their ids. */
  readonly outcomes: Map<string, Entry>;
  /** Oldest entries that were removed to keep the panel small. */
  folded: number;
  /** Whether the user emptied it: what is in it is not everything. */
  isCleared: boolean;
  payloadChars: number;
};

export const logLimitsSchema = v.object({
  events: v.pipe(v.number(), v.minValue(1_000)),
  /** UTF-16 units of payload text. */
  payloadChars: v.pipe(v.number(), v.minValue(1_000_000)),
});
export type LogLimits = Readonly<v.InferOutput<typeof logLimitsSchema>>;

export const DEFAULT_LOG_LIMITS: LogLimits = { events: 200_000, payloadChars: 134_217_728 };

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

/** Notes that a document is connected, for the first time or again. */
export function openDocument(log: SessionLog, document: DocumentInfo): DocumentState {
  const known = log.documents.get(document.documentId);
  const state: DocumentState = {
    ...(known ?? { lastSeq: 0, dropped: 0, taken: 0, leftOut: 0, callIds: new Set() }),
    ...document,
    isConnected: true,
  };
  log.documents.set(document.documentId, state);
  return state;
}

/** Appends an event of a known document. Returns false for one that the log already has. */
export function append(log: SessionLog, documentId: string, event: PageEvent): boolean {
  const document = log.documents.get(documentId);
  if (!document || event.seq <= document.lastSeq) return false;
  document.dropped += event.seq - document.lastSeq - 1;
  document.lastSeq = event.seq;
  document.taken++;

  if (event.callId !== "") {
    document.callIds.add(event.callId);
    const before = log.calls.get(event.callId) ?? newCall(event);
    log.calls.set(event.callId, reduceCall(before, event));
  }
  const entry: Entry = { index: log.nextIndex++, documentId, event };
  log.entries.push(entry);
  const ofCall = log.ofCall.get(event.callId);
  if (ofCall) ofCall.push(entry);
  else log.ofCall.set(event.callId, [entry]);
  if ("commandId" in event && event.commandId !== undefined)
    log.outcomes.set(event.commandId, entry);
  log.payloadChars += payloadCharsOf(event);
  return true;
}

/** Lets go of the oldest entries past the limits, a twentieth at a time. What they led to stays in `calls`. */
export function foldOldest(log: SessionLog, limits = DEFAULT_LOG_LIMITS): number {
  let folded = 0;
  while (log.entries.length > limits.events || log.payloadChars > limits.payloadChars) {
    const gone = log.entries.splice(0, Math.max(1, Math.ceil(log.entries.length / 20)));
    for (const { event } of gone) log.payloadChars -= payloadCharsOf(event);
    folded += gone.length;
  }
  if (folded === 0) return 0;
  log.folded += folded;
  const first = log.entries[0]?.index ?? log.nextIndex;
  for (const entries of log.ofCall.values()) entries.splice(0, placeOf(entries, first));
  forgetOldest(log);
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

/** Empties the log; calls, people and numbers stay, because they still hold. */
export function clearEntries(log: SessionLog): void {
  log.entries = [];
  log.ofCall.clear();
  log.isCleared = true;
  log.folded = 0;
  log.payloadChars = 0;
  for (const document of log.documents.values()) document.dropped = 0;
  forgetOldest(log);
}

/** Removes documents with all their events and calls, and returns how many events went. */
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
  log.entries = log.entries.filter(stays);
  // Events without a call may be of any document.
  log.ofCall.set("", log.ofCall.get("")?.filter(stays) ?? []);
  log.payloadChars = log.entries.reduce((sum, { event }) => sum + payloadCharsOf(event), 0);
  return before - log.entries.length;
}

function payloadCharsOf(event: PageEvent): number {
  return "payload" in event && event.payload ? event.payload.json.length : 0;
}
