import type { SeatClock } from "../session/seats";
import type { SessionLog } from "../session/session-log";
import { PATIENCE_MS, UNKNOWN_ERROR_MS } from "./pairing";

/** How two times can be compared that were taken in two documents. */
export type Comparison = {
  /** By how much one may be off, in milliseconds, beyond what two pages of one browser are. */
  readonly errorMs: number;
  /** Whether the time between them is known, to that error. */
  readonly isTimed: boolean;
};

const SAME: Comparison = { errorMs: 0, isTimed: true };

type Documents = SessionLog["documents"];

/** How times of two documents of a log compare: all pages of one machine share a clock. */
export function compareClocks(documents: Documents, a: string, b: string): Comparison {
  const [first, second] = [recordingOf(documents, a), recordingOf(documents, b)];
  if (first?.name === second?.name) return SAME;
  const clocks = [first, second].flatMap((each) => (each ? [each.clock] : []));
  return {
    errorMs: clocks.reduce((sum, clock) => sum + errorOf(clock), 0),
    isTimed: clocks.every(({ kind }) => kind === "estimated"),
  };
}

/** How long something took, by its two times in epoch ms, and how far off that may be: nothing where clocks don't tell. */
export function timeBetween(
  from: number,
  to: number,
  { errorMs, isTimed }: Comparison,
): { readonly latencyMs?: number; readonly uncertaintyMs?: number } {
  if (!isTimed) return {};
  return { latencyMs: Math.max(0, to - from), ...(errorMs > 0 && { uncertaintyMs: errorMs }) };
}

function recordingOf(documents: Documents, documentId: string) {
  const origin = documents.get(documentId)?.seat?.origin;
  return origin?.kind === "recording" ? origin : undefined;
}

function errorOf(clock: SeatClock): number {
  switch (clock.kind) {
    case "estimated":
      return clock.uncertaintyMs;
    case "one-way":
      // The fastest message took some time. One that takes longer than this isn't expected any more.
      return PATIENCE_MS;
    case "unknown":
      return UNKNOWN_ERROR_MS;
  }
}
