import type { CallSummary } from "../../core/session/call-list";

/** How the rows of a call are told from those of others. */
export type CallMark = {
  readonly label: string;
  /** A CSS colour. */
  readonly color: string;
};

/** The mark of a call; undefined where all rows are of one call, or belong to none. */
export type CallMarks = (callId: string | undefined) => CallMark | undefined;

/** So many colours can be told apart; then they begin again. */
const COLORS = 6;

/** A call as far as it is marked. */
type Marked = Pick<CallSummary, "callId" | "person" | "place">;

/** Marks for calls that are shown side by side: who it is where names differ, else where. */
export function callMarks(calls: readonly Marked[]): CallMarks {
  const marks = new Map<string, CallMark>();
  const people = new Set(calls.map(({ person }) => person));
  const isNameEnough = people.size === calls.length;
  for (const [index, { callId, person, place }] of calls.entries()) {
    const where = place.slice(place.lastIndexOf("/") + 1) || place;
    const label =
      isNameEnough && person !== undefined ? person : `${index + 1} · ${person ?? where}`;
    marks.set(callId, { label, color: `var(--series-${(index % COLORS) + 1})` });
  }
  return (callId) => (callId === undefined ? undefined : marks.get(callId));
}
