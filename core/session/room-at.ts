import type { Payload } from "../../extension/protocol/payload";
import { isPresent, type Person, versionAt } from "../daily/people-tracker";
import type { SessionVersion } from "../daily/session-write";
import type { CallHistory } from "./call-history";
import type { Entry } from "./session-log";

/** The room as this page knew it right after one event. */
export type RoomAt = {
  readonly session: SessionVersion | undefined;
  readonly people: readonly PersonAt[];
};

export type PersonAt = {
  readonly person: Person;
  readonly isPresent: boolean;
  /** The page left while they were there: whether they stayed is not known. */
  readonly isOutOfSight: boolean;
  /** When they joined that time: Daily's own word for it, else when this page first saw them. Epoch ms. */
  readonly joinedAt: number | undefined;
  readonly userData: Payload | undefined;
  readonly changedAt: number;
};

/** The numbers of all events at which the room changed, in order: the stops of the slider. */
export function momentsOf({ session, people }: CallHistory): number[] {
  const moments = new Set(session.versions.map(({ seq }) => seq));
  for (const { versions, stays } of people.people.values()) {
    for (const { seq } of versions) moments.add(seq);
    for (const { fromSeq, toSeq } of stays) {
      moments.add(fromSeq);
      if (toSeq !== undefined) moments.add(toSeq);
    }
  }
  return [...moments].sort((a, b) => a - b);
}

/** The room at a moment; everyone who had been seen by then, those who left last. */
export function roomAt({ session, people }: CallHistory, seq: number): RoomAt {
  const seen = [...people.people.values()].filter(({ stays }) =>
    stays.some(({ fromSeq }) => fromSeq <= seq),
  );
  const persons = seen.map((person): PersonAt => {
    const version = versionAt(person.versions, seq);
    const stay = person.stays.findLast(({ fromSeq }) => fromSeq <= seq);
    return {
      person,
      isPresent: isPresent(person, seq),
      isOutOfSight: stay?.isOutOfSight === true && (stay.toSeq ?? Infinity) <= seq,
      joinedAt: person.participant.joined_at
        ? Date.parse(person.participant.joined_at)
        : stay?.fromAt,
      userData: version?.payload,
      changedAt: Math.max(version?.at ?? 0, stay?.fromAt ?? 0),
    };
  });
  return {
    session: versionAt(session.versions, seq),
    people: persons.sort((a, b) => Number(b.isPresent) - Number(a.isPresent)),
  };
}

/** App messages of a call up to a moment, newest first: what anyone joining then would never get. */
export function missedMessages(entries: readonly Entry[], seq: number): Entry[] {
  return entries.filter(({ event }) => event.seq <= seq && isAppMessage(event)).reverse();
}

function isAppMessage(event: Entry["event"]): boolean {
  if (event.kind === "daily-event") return event.name === "app-message" && !event.simulated;
  return (
    event.kind === "method-called" &&
    event.method === "sendAppMessage" &&
    event.outcome === "returned"
  );
}
