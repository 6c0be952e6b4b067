import type { CallHistory } from "../../core/session/call-history";
import type { CallSummary } from "../../core/session/call-list";

/** Whose a draft is, which outlives its call: Ada in one window of DevTools and Bob in another keep their own. */
export type DraftOwner = { readonly room: string; readonly name: string };

/**
 * Who sends what is being written: in the call that is chosen or held for it, or else in the latest. Undefined before a
 * first join. The ids of those without a name are others each time, so they share what they keep.
 */
export function draftOwner(
  calls: readonly CallSummary[],
  ids: { readonly chosen: string | undefined; readonly held: string | undefined },
  historyOf: (callId: string) => CallHistory | undefined,
): DraftOwner | undefined {
  const known = calls.filter(({ person }) => person !== undefined);
  const call =
    known.find(({ callId }) => callId === ids.chosen) ??
    known.find(({ callId, isLive }) => callId === ids.held && isLive) ??
    known.findLast(({ isLive }) => isLive) ??
    known.at(-1);
  if (!call) return undefined;
  const people = historyOf(call.callId)?.people;
  const local = people?.people.get(people.localId() ?? "");
  return { room: call.place, name: local?.participant.user_name ?? "" };
}
