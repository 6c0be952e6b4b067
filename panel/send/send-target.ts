import { type ReadonlySignal, signal } from "@preact/signals";

import type { CallSummary } from "../../core/session/call-list";
import type { CallState } from "../../core/session/call-state";
import type { Drafts } from "./drafts";
import type { Filter } from "../../core/filter/filter";

/** The call that the Send tab sends through, held while others come and go. */
export type SendTarget = {
  readonly callId: string;
  readonly label: string;
  /** Name of the call whose place it took because that one was gone; until something is sent or chosen. */
  readonly insteadOf: string | undefined;
};

/** What the Send tab is about: its call, which the log may know no more. */
export type SendScene = { readonly target: SendTarget; readonly call: CallState };

/** Keeps the call of the Send tab from one rendering to the next. */
export function createSendTarget(
  calls: ReadonlySignal<readonly CallSummary[]>,
  filter: ReadonlySignal<Filter>,
  drafts: Drafts,
  freshCall: (callId: string) => CallState | undefined,
) {
  let held: SendTarget | undefined;
  /** As it was seen last, for as long as a page loads and no call is there. */
  let last: SendScene | undefined;
  /** Goes up when `held` is set directly, so that views update. */
  const version = signal(0);
  const set = (target: SendTarget | undefined) => {
    held = target;
    version.value++;
  };

  /** See `pickTarget`. What it returns is held from then on. */
  function current(): SendTarget | undefined {
    void version.value;
    const target = pickTarget(calls.value, filter.value.callId, held);
    // While a page loads there is no call: keep the held one.
    if (target) held = target;
    return target;
  }

  return {
    current,
    /** The call to send through, or else the last one, so that the form stays while the user types. */
    scene(): SendScene | undefined {
      const target = current();
      const call = target && freshCall(target.callId);
      if (target && call) last = { target, call };
      return last;
    },
    /** What is held by now. */
    heldId: () => held?.callId,
    /** Something was started for this call. */
    hold(callId: string | undefined): void {
      const call = calls.peek().find((each) => each.callId === callId);
      if (call) set({ callId: call.callId, label: nameOf(call), insteadOf: undefined });
    },
    /** The user has seen that another call took its place. */
    seen: () => set(held && { ...held, insteadOf: undefined }),
    /** The Send tab was left: what was started there stays with its call. */
    leave(): void {
      const all = Object.values(drafts).map((draft) => draft.peek());
      if (all.every(({ isTyped, revision }) => !isTyped && revision === 0)) held = last = undefined;
    },
  };
}

/**
 * Through which call to send: the one chosen in the toolbar, else the one that was held, and only when that is gone the
 * latest that is there. Undefined when there is none at all.
 */
export function pickTarget(
  calls: readonly CallSummary[],
  chosenId: string | undefined,
  held: SendTarget | undefined,
): SendTarget | undefined {
  const chosen = calls.find(({ callId }) => callId === chosenId);
  if (chosen) {
    const insteadOf = held?.callId === chosen.callId ? held.insteadOf : undefined;
    return { callId: chosen.callId, label: nameOf(chosen), insteadOf };
  }
  const same = calls.find(({ callId }) => callId === held?.callId);
  const isThere = ({ isLive, status }: CallSummary) =>
    isLive && status !== "destroyed" && status !== "failed";
  const latest = calls.findLast(isThere) ?? calls.findLast(({ isLive }) => isLive) ?? calls.at(-1);
  const call = same && (isThere(same) || !latest || !isThere(latest)) ? same : latest;
  if (!call) return undefined;
  const insteadOf = call === same || !held ? held?.insteadOf : held.label;
  return { callId: call.callId, label: nameOf(call), insteadOf };
}

/** `Ada · demo.daily.co/qa` */
const nameOf = ({ person, place }: CallSummary) => [person, place].filter(Boolean).join(" · ");
