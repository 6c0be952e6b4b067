import type { CallHistory } from "./call-history";
import type { Entry } from "./session-log";

export type Latency = {
  readonly ms: number;
  /** What happened after that time. */
  readonly until: "in the room" | "settled";
};

/** How long a write took until it was known to have worked; undefined for what has no receipt, or none yet. */
export function latencyOf({ event }: Entry, history: CallHistory | undefined): Latency | undefined {
  if (event.kind !== "method-called" || !history) return undefined;
  const confirmedAt = history.session.writes.get(event.seq)?.window?.confirmedAt;
  if (confirmedAt !== undefined) return { ms: confirmedAt - event.at, until: "in the room" };
  const settledAt = history.userData.writes.get(event.seq)?.settledAt;
  return settledAt === undefined ? undefined : { ms: settledAt - event.at, until: "settled" };
}
