import type { MessageFact } from "../domain/statistics";
import type { CallState } from "./call-state";
import type { Entry } from "./session-log";
import { summaryOf } from "./summary";
import { rowOf } from "./traffic-row";

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

/** The largest messages with what is in them, at most `most`. What only echoes a write that is listed, is not. */
export function largestMessages(
  largest: readonly MessageFact[],
  { find, callOf }: Log,
  most: number,
): LargeMessage[] {
  const echoes = new Set<string>();
  for (const fact of largest) {
    const echo = echoOf(fact, find, callOf(fact.callId));
    if (echo !== undefined) echoes.add(`${fact.callId} ${echo}`);
  }
  return largest
    .filter(({ callId, seq }) => !echoes.has(`${callId} ${seq}`))
    .slice(0, most)
    .flatMap((fact) => {
      const entry = find(fact.callId, fact.seq);
      if (!entry) return [];
      const row = rowOf(entry, callOf(fact.callId));
      if (!row) return [];
      const to = row.to.map(({ label }) => label).join(", ");
      return [{ fact, to, summary: summaryOf(entry, row.type) }];
    });
}

/** The session state that a write made, where it says just what was written. */
function echoOf(
  { callId, seq, channel, direction }: MessageFact,
  find: Log["find"],
  call: CallState | undefined,
): number | undefined {
  if (channel !== "session-data" || direction !== "out") return undefined;
  const write = call?.history.session.writes.get(seq);
  if (write?.fate.kind !== "synced") return undefined;
  const state = find(callId, write.fate.by)?.event;
  const isSame = state && "payload" in state && state.payload?.json === write.payload.json;
  return isSame ? write.fate.by : undefined;
}
