import type { DailyEvent, EventOf, PageEvent } from "../../extension/protocol/event";
import { createPeopleTracker, type PeopleTracker } from "../daily/people-tracker";
import { createSessionTracker, type SessionTracker } from "../daily/session-tracker";
import { createUserDataTracker, type UserDataTracker } from "../daily/user-data-tracker";

/** How one call became what it is. Kept in place and only ever added to, like the log that it is derived from. */
export type CallHistory = {
  readonly people: PeopleTracker;
  readonly session: SessionTracker;
  readonly userData: UserDataTracker;
  /** When its first and its latest event were, in epoch ms; undefined before there is one. */
  span: { readonly from: number; readonly to: number } | undefined;
};

export function createCallHistory(): CallHistory {
  return {
    people: createPeopleTracker(),
    session: createSessionTracker(),
    userData: createUserDataTracker(),
    span: undefined,
  };
}

/** Takes in the next event of the call. */
export function track(history: CallHistory, event: PageEvent): void {
  const { people, session, userData } = history;
  const { seq, at } = event;
  history.span = { from: history.span?.from ?? at, to: at };
  switch (event.kind) {
    case "call-snapshot":
      people.all(seq, at, event.participants, false);
      if (event.payload) session.updated(seq, at, event.payload);
      return;
    case "method-called":
      return trackCall(history, event);
    case "method-settled":
      userData.settled(
        event.calledSeq,
        at,
        event.outcome === "resolved"
          ? { outcome: "resolved", valueType: event.valueType }
          : { outcome: "rejected", error: event.error },
      );
      return;
    case "daily-event":
      return trackDailyEvent(history, event);
    case "call-created":
    case "call-failed":
    case "command-failed":
    case "capture-problem":
      return;
  }
}

/** Drops what only events before this one needed, but for the writes in `kept`. What still holds stays. */
export function forgetBefore(
  { people, session, userData }: CallHistory,
  seq: number,
  kept: ReadonlySet<number>,
): void {
  people.forgetBefore(seq);
  session.forgetBefore(seq, kept);
  for (const each of userData.writes.keys())
    if (each < seq && !kept.has(each)) userData.writes.delete(each);
}

function trackCall(
  { people, session, userData }: CallHistory,
  event: EventOf<"method-called">,
): void {
  const { seq, at, payload, method } = event;
  if (method === "setMeetingSessionData") {
    const refusal = event.outcome === "threw" ? (event.error?.message ?? "") : undefined;
    session.wrote(
      seq,
      at,
      payload,
      event.mergeStrategy ?? "replace",
      event.keysToDelete ?? [],
      refusal,
    );
  }
  if (method === "setUserData") {
    const local = people.people.get(people.localId() ?? "");
    userData.wrote(seq, at, payload, local?.versions.at(-1)?.payload);
  }
}

function trackDailyEvent({ people, session, userData }: CallHistory, event: DailyEvent): void {
  const { seq, at } = event;
  switch (event.name) {
    case "joined-meeting":
      people.all(seq, at, event.participants);
      userData.joined(
        seq,
        event.participants.find(({ participant }) => participant.local)?.payload,
      );
      return;
    case "participant-joined":
    case "participant-updated":
      return people.seen(seq, at, event);
    case "participant-left":
      return people.left(seq, at, event);
    case "meeting-session-state-updated":
      if (event.payload) session.updated(seq, at, event.payload);
      return;
    case "nonfatal-error":
      if (event.type === "meeting-session-data-error") session.failed(seq, at, event.errorMsg);
      return;
    case "left-meeting":
      session.left();
      return people.nobody(seq, at);
    default:
      return;
  }
}
