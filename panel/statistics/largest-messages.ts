import type { MessageFact } from "./statistics";
import type { CallState } from "../../core/session/call-state";
import type { Entry } from "../../core/session/session-log";
import { summaryOf } from "../../core/session/summary";
import { rowOf } from "../../core/session/traffic-row";

export type LargeMessage = {
  readonly fact: MessageFact;
  /** Whom an app message is for, by name; empty where there is no choice. */
  readonly to: string;
  readonly summary: string;
};

/** A log as far as this asks it. */
type Log = {
  readonly find: (callId: string, seq: number) => Entry | undefined;
  readonly callOf: (callId: string) => CallState | undefined;
};

/** The largest messages with what is in them, at most `most`. */
export function largestMessages(
  largest: readonly MessageFact[],
  { find, callOf }: Log,
  most: number,
): LargeMessage[] {
  return largest.slice(0, most).flatMap((fact) => {
    const entry = find(fact.callId, fact.seq);
    const row = entry && rowOf(entry, callOf(fact.callId));
    if (!row) return [];
    const to = row.to.map(({ label }) => label).join(", ");
    return [{ fact, to, summary: summaryOf(entry, row.type) }];
  });
}
