import type { Payload } from "../../extension/protocol/payload";
import type { Person } from "../daily/people-tracker";
import { readSessionData, type SessionVersion } from "../daily/session-write";
import { placeTooDeep, sameJson } from "../lib/json";
import type { CallState } from "../session/call-state";
import { valueOf } from "../session/change";
import { localPerson } from "../session/people";
import { isSameSession } from "../session/seats";
import type { SessionLog } from "../session/session-log";

/** Something that every page of a room has a copy of. */
type HeldSubject =
  /** A top-level key of the session data. */
  | { readonly kind: "session-data"; readonly key: string }
  /** The user data of a participant. */
  | { readonly kind: "user-data"; readonly sessionId: string };

/** What one page holds of it; a value of `undefined` stands for none. */
export type Held = { readonly value: unknown };

export type Holding = {
  readonly subject: HeldSubject;
  /** By the place of each call; undefined for one that doesn't know the participant. */
  readonly held: readonly (Held | undefined)[];
  /**
   * Since when not all of them have had the same, in epoch ms; undefined where they agree. `isAtLeast`: they may have
   * differed before that, too.
   */
  readonly differs: { readonly since: number; readonly isAtLeast: boolean } | undefined;
};

type Log = Pick<SessionLog, "calls" | "documents">;

/**
 * The calls in view that were in a session at a time (epoch ms, infinite for now): the given one first, then by name.
 * Empty when that one was not.
 */
export function seatsIn(log: Log, call: CallState, at = Infinity): CallState[] {
  const documents = [...log.documents.values()];
  const isThere = (each: CallState): boolean => {
    if (!stayAt(self(each), at)) return false;
    const document = documents.find(({ callIds }) => callIds.has(each.callId));
    const isRecorded = document?.seat?.origin.kind === "recording";
    return document?.isConnected === true || isRecorded || at <= (each.history.span?.to ?? 0);
  };
  if (!isThere(call)) return [];
  const others = [...log.calls.values()].filter(
    (each) => each.callId !== call.callId && isSameSession(each, call) && isThere(each),
  );
  const nameOf = (each: CallState) => localPerson(each).name;
  return [call, ...others.sort((a, b) => nameOf(a).localeCompare(nameOf(b)))];
}

/** What each of some calls held at a time (epoch ms), thing by thing: those that differ first, then in their order. */
export function compareSeats(calls: readonly CallState[], at = Infinity): Holding[] {
  const all = [...sessionHoldings(calls, at), ...peopleHoldings(calls, at)];
  return [...all.filter(({ differs }) => differs), ...all.filter(({ differs }) => !differs)];
}

const self = ({ history: { people } }: CallState): Person | undefined =>
  people.people.get(people.localId() ?? "");

const stayAt = (person: Person | undefined, at: number) =>
  person?.stays.findLast(({ fromAt, toAt }) => fromAt <= at && (toAt === undefined || toAt > at));

/** What a page held from a time on. */
type Version = { readonly at: number; readonly value: unknown };

function sessionHoldings(calls: readonly CallState[], at: number): Holding[] {
  const states = calls.map((call) => sessionVersions(call, at));
  const now = states.map((versions) => versions.at(-1)?.payload);
  // Most of the time they are all the same text.
  const isSame = now.every((payload) => payload?.json === now[0]?.json);
  const data = now.map(readSessionData);
  const keys = new Set(data.flatMap((each) => Object.keys(each)));
  return [...keys].map((key) => {
    const held = data.map((each) => ({ value: ownValue(each, key) }));
    const subject = { kind: "session-data", key } as const;
    if (isSame || areSame(held)) return { subject, held, differs: undefined };
    const timelines = calls.map((call, place) =>
      keyVersions(key, call, states[place] as readonly SessionVersion[], at),
    );
    return { subject, held, differs: differsSince(timelines) };
  });
}

/** States that a call has had since it joined, up to a time. Those of the meeting that it was in before say nothing. */
function sessionVersions(call: CallState, at: number): readonly SessionVersion[] {
  const { stays = [] } = self(call) ?? {};
  const place = stays.findLastIndex(({ fromAt }) => fromAt <= at);
  const from = stays[place - 1]?.toAt ?? -Infinity;
  return call.history.session.versions.filter((version) => version.at > from && version.at <= at);
}

/** The values of a key; before its first state, a page that has joined holds nothing. */
function keyVersions(
  key: string,
  call: CallState,
  versions: readonly SessionVersion[],
  at: number,
): Version[] {
  const joinedAt = stayAt(self(call), at)?.fromAt ?? 0;
  const [first] = versions;
  const isLate = first === undefined || first.at > joinedAt;
  return [
    ...(isLate ? [{ at: joinedAt, value: undefined }] : []),
    ...versions
      .filter(({ changed }, place) => place === 0 || changed.includes(key))
      .map((version) => ({
        at: version.at,
        get value() {
          return ownValue(readSessionData(version.payload), key);
        },
      })),
  ];
}

const ownValue = (data: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(data, key) ? data[key] : undefined;

function peopleHoldings(calls: readonly CallState[], at: number): Holding[] {
  const ids = new Set(
    calls.flatMap(({ history }) =>
      [...history.people.people.values()]
        .filter((person) => stayAt(person, at))
        .map(({ sessionId }) => sessionId),
    ),
  );
  return [...ids].flatMap((sessionId): Holding[] => {
    const timelines = calls.map(({ history }) =>
      userVersions(history.people.people.get(sessionId), at),
    );
    const held = timelines.map((versions) => versions?.at(-1));
    const known = timelines.filter((versions) => versions !== undefined);
    // Whoever only one of them knows can't be compared.
    if (known.length < 2 || held.every((each) => each?.value === undefined)) return [];
    const isSame = areSame(held.filter((each) => each !== undefined));
    const differs = isSame ? undefined : differsSince(known);
    return [{ subject: { kind: "user-data", sessionId }, held, differs }];
  });
}

/** The user data of someone who is there; undefined for someone who isn't. */
function userVersions(person: Person | undefined, at: number): Version[] | undefined {
  const stay = stayAt(person, at);
  if (!person || !stay) return undefined;
  const versions = person.versions.filter((version) => version.at <= at);
  const from = versions.findLastIndex((version) => version.at <= stay.fromAt);
  // No version is noted of what they came without.
  const none = from < 0 ? [{ at: stay.fromAt, value: undefined }] : [];
  return [
    ...none,
    ...versions.slice(Math.max(0, from)).map((version) => ({
      at: Math.max(version.at, stay.fromAt),
      get value() {
        return readUserData(version.payload);
      },
    })),
  ];
}

const read = new WeakMap<Payload, { readonly value: unknown }>();

/** What is nested too deep to be gone through stands for itself as a text. Parsed once. */
function readUserData(payload: Payload | undefined): unknown {
  if (!payload) return undefined;
  let known = read.get(payload);
  if (!known) {
    const isTooDeep = placeTooDeep(payload.json) !== undefined;
    read.set(payload, (known = { value: isTooDeep ? payload.json : valueOf(payload) }));
  }
  return known.value;
}

const areSame = ([first, ...others]: readonly Held[]): boolean =>
  others.every(({ value }) => sameJson(value, first?.value));

/** So many changes are gone back through. */
const MAX_STEPS = 100;

/** Goes back to when several pages, which differ now, last held the same. */
function differsSince(timelines: readonly (readonly Version[])[]) {
  const places = timelines.map((versions) => versions.length - 1);
  const atPlace = (which: number): Version | undefined =>
    timelines[which]?.[places[which] as number];
  let since = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    let latest = 0;
    for (const which of places.keys())
      if ((atPlace(which)?.at ?? 0) > (atPlace(latest)?.at ?? 0)) latest = which;
    since = atPlace(latest)?.at ?? 0;
    places[latest] = (places[latest] as number) - 1;
    // Before that, one of them wasn't there or isn't known.
    if ((places[latest] as number) < 0) return { since, isAtLeast: false };
    const held = [...places.keys()].map((which) => ({ value: atPlace(which)?.value }));
    if (areSame(held)) return { since, isAtLeast: false };
  }
  return { since, isAtLeast: true };
}
