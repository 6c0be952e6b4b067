import type { CallHistory } from "../session/call-history";
import type { CallState } from "../session/call-state";
import { isSameSession } from "../session/seats";
import type { DocumentState, Entry, SessionLog } from "../session/session-log";
import type { Deliveries, Outcome } from "./deliveries";

/** A call in view, as one end of what goes through a room. */
export type End = {
  readonly callId: string;
  /** Whether it isn't a call of the inspected page. */
  readonly isOfSeat: boolean;
  readonly history: CallHistory;
  /** Until when its events are known, in epoch ms; Infinity while its page is in view. */
  seenUntil(): number;
  /** Whether no event of its page is missing from a moment on (epoch ms). */
  isWholeSince(at: number): boolean;
  /** Whether its times can be compared with those of the page. */
  isTimed(): boolean;
};

/** The ends of a room that are in view, and what they tell of each other. */
export type Ends = {
  /** What became of a message or write by a time (epoch ms); undefined where no other end tells. */
  outcomeOf(entry: Entry, now: number): Outcome | undefined;
  /** A call itself; undefined for one that the log doesn't have. */
  endOf(callId: string): End | undefined;
  /** The other calls in the same session of the same room. */
  othersOf(callId: string): readonly End[];
};

/** The ends of a log, as its deliveries tell. */
export function createEnds(
  log: Pick<SessionLog, "calls" | "documents" | "ofCall">,
  deliveries: Pick<Deliveries, "outcomeOf">,
): Ends {
  const known = new Map<string, End>();

  function endOf(callId: string): End | undefined {
    const call = log.calls.get(callId);
    const before = known.get(callId);
    if (!call) return undefined;
    if (before?.history === call.history) return before;
    const end = newEnd(call, () => documentOf(callId));
    known.set(callId, end);
    return end;
  }

  function documentOf(callId: string): DocumentState | undefined {
    const entry = log.ofCall.get(callId)?.at(-1);
    return entry && log.documents.get(entry.documentId);
  }

  return {
    outcomeOf: deliveries.outcomeOf,
    endOf,
    othersOf(callId) {
      const own = log.calls.get(callId);
      if (own?.room === undefined || log.calls.size < 2) return [];
      return [...log.calls.values()].flatMap((call) => {
        const isOther = call.callId !== callId && isSameSession(own, call);
        const end = isOther ? endOf(call.callId) : undefined;
        return end ? [end] : [];
      });
    },
  };
}

const newEnd = (
  { callId, isOfSeat, history }: CallState,
  documentOf: () => DocumentState | undefined,
): End => ({
  callId,
  isOfSeat,
  history,
  seenUntil: () => (documentOf()?.isConnected ? Infinity : (history.span?.to ?? 0)),
  isWholeSince(at) {
    const { gaps, leftOut } = documentOf() ?? { gaps: [], leftOut: 1 };
    return leftOut === 0 && gaps.every((gap) => gap < at);
  },
  isTimed() {
    const origin = documentOf()?.seat?.origin;
    return origin?.kind !== "recording" || origin.clock.kind === "estimated";
  },
});
