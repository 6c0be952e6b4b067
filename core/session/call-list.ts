import { sameJson } from "../lib/json";
import type { CallState } from "./call-state";
import type { DocumentState, SessionLog } from "./session-log";
import type { MeetingStatus } from "../daily/meeting-status";
import { localPerson } from "./people";

export type LogCounts = {
  readonly events: number;
  readonly dropped: number;
  readonly folded: number;
  readonly isCleared: boolean;
  readonly isConnected: boolean;
  readonly hasDocuments: boolean;
};

/** How much there is of the inspected page in a log, and how much is not. */
export function countLog({ entries, documents, folded, isCleared }: SessionLog): LogCounts {
  const all = [...documents.values()].filter(({ seat }) => !seat);
  return {
    events: entries.length,
    dropped: all.reduce((sum, { dropped }) => sum + dropped, 0),
    folded,
    isCleared,
    isConnected: all.some(({ isConnected }) => isConnected),
    hasDocuments: all.length > 0,
  };
}

/** A call as the selector shows it. */
export type CallSummary = {
  readonly callId: string;
  /** Room, own name and state, e.g. `demo.daily.co/qa · Ada · joined`. */
  readonly label: string;
  /** The same without the state, for a recording: what was so then is not so now. */
  readonly name: string;
  /** Own name; undefined before the first join. */
  readonly person: string | undefined;
  /** Room, or the page before the room is known, without the scheme. */
  readonly place: string;
  readonly status: MeetingStatus;
  /** Whether its document is still there. */
  readonly isLive: boolean;
};

/** Lists the calls of the inspected page, in the order in which their pages were first seen. A list that is as before is the same object. */
export function createCallList(log: SessionLog): () => readonly CallSummary[] {
  /** A state of a call is another object when it has changed; whether its document is there isn't part of it. */
  const known = new WeakMap<CallState, CallSummary>();
  let listed: readonly CallSummary[] = [];

  function summaryOf(call: CallState, document: DocumentState): CallSummary {
    const before = known.get(call);
    if (before?.isLive === document.isConnected) return before;
    const summary = summarise(call, document);
    known.set(call, summary);
    return summary;
  }

  return () => {
    const now: CallSummary[] = [];
    for (const document of log.documents.values()) {
      if (document.seat) continue;
      for (const callId of document.callIds) {
        const call = log.calls.get(callId);
        if (call) now.push(summaryOf(call, document));
      }
    }
    const isSame = now.length === listed.length && now.every((each, at) => each === listed[at]);
    // States change with much that no one sees here, such as what a participant does.
    return isSame || sameJson(now, listed) ? listed : (listed = now);
  };
}

function summarise(call: CallState, { isConnected, isOff, frameId }: DocumentState): CallSummary {
  const { id, name } = localPerson(call);
  const person = id === "" ? undefined : name;
  const place = withoutScheme(call.room ?? call.url);
  const state = isConnected ? call.status : isOff ? "inspector off" : "page left";
  const frame = frameId === 0 ? undefined : "in a frame";
  return {
    callId: call.callId,
    label: joined(place, person, state, frame),
    name: joined(place, person, frame),
    person,
    place,
    status: call.status,
    isLive: isConnected,
  };
}

const joined = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(" · ");
const withoutScheme = (url: string) => url.replace(/^https?:\/\//, "");

/** Room and own name of a call, as short as its label begins. */
export function callName(calls: readonly CallSummary[], callId: string): string {
  const call = calls.find((each) => each.callId === callId);
  if (!call) return callId;
  return joined(call.place, call.person, markOf(calls, call));
}

/**
 * Calls as they are listed, by their label or their name, with the end of their id where another one would read the
 * same. Counted once, for a page may make thousands of calls.
 */
export function callLabels(
  calls: readonly CallSummary[],
  by: "label" | "name" = "label",
): (call: CallSummary) => string {
  const times = new Map<string, number>();
  for (const call of calls) times.set(call[by], (times.get(call[by]) ?? 0) + 1);
  return (call) =>
    joined(call[by], (times.get(call[by]) ?? 0) > 1 ? endOf(call.callId) : undefined);
}

function markOf(calls: readonly CallSummary[], { callId, place, person }: CallSummary) {
  const isAlone = calls.every(
    (each) => each.callId === callId || each.place !== place || each.person !== person,
  );
  return isAlone ? undefined : endOf(callId);
}

/** Ids of daily-js begin with the time at which they were made, so the end tells them apart. */
const endOf = (callId: string): string => (callId.length > 6 ? `…${callId.slice(-6)}` : callId);
