import type { CallState } from "../session/call-state";
import { viewOf } from "../session/event-view";
import { ownIdsOf } from "../session/people";
import type { Entry, SessionLog } from "../session/session-log";
import { type Contract, createContract } from "./contract";
import { toldBy } from "./told-values";

/** The types of what some entries of a log brought. What came from another of their pages was learned where it was sent. */
export function learnLog(
  { calls }: Pick<SessionLog, "calls">,
  entries: readonly Entry[],
): Contract {
  const contract = createContract();
  const callIds = new Set(entries.map(({ event }) => event.callId));
  const own = new Set([...callIds].flatMap((callId) => ownIds(calls.get(callId))));
  for (const entry of entries) {
    const { event } = entry;
    for (const { key, value, sender, chars, limit } of toldBy(
      viewOf(entry, calls.get(event.callId)),
    )) {
      const isAnothers = event.kind !== "method-called" && sender !== undefined && own.has(sender);
      if (!isAnothers) contract.learn(key, value, { at: event.at, sender, chars, limit });
    }
  }
  return contract;
}

const ownIds = (call: CallState | undefined): string[] =>
  call ? ownIdsOf(call).map(({ id }) => id) : [];
