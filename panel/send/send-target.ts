import { type ReadonlySignal, signal } from "@preact/signals";

import type { CallSummary } from "../../core/session/call-list";
import type { CallState } from "../../core/session/call-state";
import type { SeatSummary } from "../../core/session/seats";
import { shortId } from "../../core/daily/delivery";
import type { Drafts } from "./drafts";
import type { Filter } from "../../core/filter/filter";

/** The call that the Send tab sends through, held while others come and go. */
export type SendTarget = {
  readonly callId: string;
  readonly label: string;
  /** Its room, or the page before the room is known; undefined for another tab. */
  readonly place?: string;
  /** Whose place it took because that one was gone, as in `The call …`; until something is sent or chosen. */
  readonly insteadOf: string | undefined;
  /** Whether it is the call of another tab. */
  readonly isOfSeat?: true;
};

/** Another tab that can be sent from. */
export type SendSeat = { readonly callId: string; readonly label: string };

/** What the Send tab is about: its call, which the log may know no more. */
export type SendScene = { readonly target: SendTarget; readonly call: CallState };

/** Keeps the call of the Send tab from one rendering to the next. */
export function createSendTarget(
  calls: ReadonlySignal<readonly CallSummary[]>,
  filter: ReadonlySignal<Filter>,
  drafts: Drafts,
  freshCall: (callId: string) => CallState | undefined,
  seats: ReadonlySignal<readonly SeatSummary[]> = signal([]),
) {
  let held: SendTarget | undefined;
  /** The tab that was chosen to send from, as it was called last; undefined for the inspected one. */
  let seat: SendSeat | undefined;
  /** As it was seen last, for as long as a page loads and no call is there. */
  let last: SendScene | undefined;
  /** Goes up when `held` is set directly, so that views update. */
  const version = signal(0);
  const set = (target: SendTarget | undefined) => {
    held = target;
    version.value++;
  };

  /** Tabs that can be sent from now, by name. */
  function liveSeats(): SendSeat[] {
    const live = seats.value.filter(({ isLive }) => isLive);
    return live.map(({ callId, name, sessionId }) => {
      const isAlone = live.every((each) => each.callId === callId || each.name !== name);
      return { callId, label: `${name}’s tab${isAlone ? "" : ` · ${shortId(sessionId)}`}` };
    });
  }

  /** See `pickTarget`. What it returns is held from then on. A chosen seat comes first, until it is gone. */
  function current(): SendTarget | undefined {
    void version.value;
    const there = seat && liveSeats().find(({ callId }) => callId === seat?.callId);
    if (there) {
      seat = there;
      return { ...there, insteadOf: undefined, isOfSeat: true };
    }
    const target = pickTarget(calls.value, filter.value.callId, held);
    // While a page loads there is no call: keep the held one.
    if (!target) return undefined;
    // It is not gone back to when it comes again: what is sent must go where the user saw that it goes.
    held = seat ? { ...target, insteadOf: seat.label } : target;
    seat = undefined;
    return held;
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
    /** What else can be sent from. */
    seats: liveSeats,
    /** Sends from another tab from now on; from the inspected one with undefined. */
    sendFrom(callId: string | undefined): void {
      seat = callId === undefined ? undefined : liveSeats().find((each) => each.callId === callId);
      set(held && { ...held, insteadOf: undefined });
    },
    /** The call of the page that is held by now. */
    heldId: () => held?.callId,
    /** Something was started for this call. */
    hold(callId: string | undefined): void {
      const other = liveSeats().find((each) => each.callId === callId);
      const call = calls.peek().find((each) => each.callId === callId);
      if (!other && !call) return;
      seat = other;
      if (!call) set(held);
      else set(targetOf(call, undefined));
    },
    /** The user has seen that another call took its place. */
    seen: () => set(held && { ...held, insteadOf: undefined }),
    /** The Send tab was left: what was started there stays with its call. */
    leave(): void {
      const all = Object.values(drafts).map((draft) => draft.peek());
      if (all.every(({ isTyped, revision }) => !isTyped && revision === 0))
        held = last = seat = undefined;
    },
  };
}

/**
 * Through which call to send: the one chosen in the toolbar, else the one that was held, and only when that is gone the
 * latest that is there: a joined one of the same room before any other, for a draft is about that room. Undefined when
 * there is none at all.
 */
export function pickTarget(
  calls: readonly CallSummary[],
  chosenId: string | undefined,
  held: SendTarget | undefined,
): SendTarget | undefined {
  const chosen = calls.find(({ callId }) => callId === chosenId);
  if (chosen) {
    const insteadOf = held?.callId === chosen.callId ? held.insteadOf : undefined;
    return targetOf(chosen, insteadOf);
  }
  const same = calls.find(({ callId }) => callId === held?.callId);
  const isThere = ({ isLive, status }: CallSummary) =>
    isLive && status !== "destroyed" && status !== "failed";
  const there = calls.filter(isThere);
  const ofRoom = there.filter(({ place }) => place === held?.place);
  const joined = ofRoom.filter(({ status }) => status === "joined");
  const latest =
    joined.findLast((call) => nameOf(call) === held?.label) ??
    joined.at(-1) ??
    ofRoom.at(-1) ??
    there.at(-1) ??
    calls.findLast(({ isLive }) => isLive) ??
    calls.at(-1);
  const call = same && (isThere(same) || !latest || !isThere(latest)) ? same : latest;
  if (!call) return undefined;
  const insteadOf = call === same || !held ? held?.insteadOf : `The call ${held.label}`;
  return targetOf(call, insteadOf);
}

const targetOf = (call: CallSummary, insteadOf: string | undefined): SendTarget => ({
  callId: call.callId,
  label: nameOf(call),
  place: call.place,
  insteadOf,
});

/** `Ada · demo.daily.co/qa` */
const nameOf = ({ person, place }: CallSummary) => [person, place].filter(Boolean).join(" · ");
