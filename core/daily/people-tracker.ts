import type { Participant, ParticipantWithData } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";

/** One value of a participant's user data; no payload means that they have none. */
type UserDataVersion = {
  readonly seq: number;
  readonly at: number;
  readonly payload: Payload | undefined;
};

/** From joining to leaving; open while they are there. */
type Stay = {
  readonly fromSeq: number;
  readonly fromAt: number;
  toSeq?: number;
  toAt?: number;
  /** It was the page that left; whether they stayed is not known. */
  isOutOfSight?: true;
};

/** Everything that is known of one session id. */
export type Person = {
  readonly sessionId: string;
  participant: Participant;
  /** What they were called, from when on. */
  readonly names: { readonly seq: number; readonly name: string }[];
  readonly stays: Stay[];
  readonly versions: UserDataVersion[];
  changedAt: number;
};

export type PeopleTracker = {
  readonly people: ReadonlyMap<string, Person>;
  /** The page's own session id, once it has one. */
  localId(): string | undefined;
  /** The number of the event from which on everyone in the call is known; what was before it is not. */
  knownFrom(): number;
  /**
   * Everyone who is there, all at once: those who are missing have left. `isWhole: false` for a snapshot that stands
   * in for events that never came.
   */
  all(seq: number, at: number, everyone: readonly ParticipantWithData[], isWhole?: boolean): void;
  seen(seq: number, at: number, someone: ParticipantWithData): void;
  left(seq: number, at: number, someone: ParticipantWithData): void;
  /** The page itself left, and sees no one any more. */
  nobody(seq: number, at: number): void;
  /** Discards what came before an event and doesn't matter for what comes after it. */
  forgetBefore(seq: number): void;
};

/** Follows who is in one call and what their user data is. Fed in the order of the log. */
export function createPeopleTracker(): PeopleTracker {
  const people = new Map<string, Person>();
  let localId: string | undefined;
  let knownFrom = 0;
  let isKnown = false;

  function seen(seq: number, at: number, { participant, payload }: ParticipantWithData): Person {
    const sessionId = participant.session_id;
    const person = people.get(sessionId) ?? {
      sessionId,
      participant,
      names: [],
      stays: [],
      versions: [],
      changedAt: at,
    };
    people.set(sessionId, person);
    person.participant = participant;
    person.changedAt = at;
    const name = participant.user_name ?? "";
    if (person.names.at(-1)?.name !== name) person.names.push({ seq, name });
    if (participant.local) localId = sessionId;
    const stay = person.stays.at(-1);
    if (!stay || stay.toSeq !== undefined) person.stays.push({ fromSeq: seq, fromAt: at });
    if (person.versions.at(-1)?.payload?.json !== payload?.json)
      person.versions.push({ seq, at, payload });
    return person;
  }

  function end(person: Person | undefined, seq: number, at: number): void {
    const stay = person?.stays.at(-1);
    if (!stay || stay.toSeq !== undefined) return;
    stay.toSeq = seq;
    stay.toAt = at;
  }

  return {
    people,
    localId: () => localId,
    knownFrom: () => knownFrom,
    seen: (seq, at, someone) => void seen(seq, at, someone),
    all(seq, at, everyone, isWhole = true) {
      // A snapshot comes in place of events that were dropped; before a join there was no one to know.
      if (!isKnown && !isWhole) knownFrom = seq;
      isKnown = true;
      const there = new Set(everyone.map(({ participant }) => participant.session_id));
      for (const person of people.values()) if (!there.has(person.sessionId)) end(person, seq, at);
      for (const someone of everyone) seen(seq, at, someone);
    },
    left(seq, at, someone) {
      end(seen(seq, at, someone), seq, at);
    },
    nobody(seq, at) {
      for (const person of people.values()) {
        const stay = person.stays.at(-1);
        if (!stay || stay.toSeq !== undefined) continue;
        end(person, seq, at);
        if (!person.participant.local) stay.isOutOfSight = true;
      }
    },
    forgetBefore(seq) {
      for (const { versions, names } of people.values()) {
        forgetOlder(versions, seq);
        forgetOlder(names, seq);
      }
    },
  };
}

/** Whether someone was in the call right after the event with this number. */
export function isPresent({ stays }: Person, seq: number): boolean {
  return stays.some(({ fromSeq, toSeq }) => fromSeq <= seq && (toSeq === undefined || toSeq > seq));
}

/** The last of some versions that was there right after the event with this number. */
export function versionAt<V extends { readonly seq: number }>(
  versions: readonly V[],
  seq: number,
): V | undefined {
  // They are in order, and a table asks for each of its rows.
  let [from, to] = [0, versions.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((versions[middle] as V).seq <= seq) from = middle + 1;
    else to = middle;
  }
  return versions[from - 1];
}

/** Drops versions from before an event, but for the last one: it still held then. */
export function forgetOlder(versions: { readonly seq: number }[], seq: number): void {
  const stillHeld = versions.findLastIndex((version) => version.seq < seq);
  if (stillHeld > 0) versions.splice(0, stillHeld);
}
