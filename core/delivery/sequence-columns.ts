import { shortId, specialSender } from "../daily/delivery";
import type { Person } from "../daily/people-tracker";
import { UNCONFIRMED_AFTER_MS } from "../daily/session-tracker";
import { isolated } from "../lib/texts";
import type { CallState } from "../session/call-state";
import { ROOM } from "../session/event-view";
import { isYours, labelsApart, ownIdsOf, personOf } from "../session/people";
import type { SessionLog } from "../session/session-log";
import type { SequenceCast, SequenceRow } from "./sequence";

/** From one moment to another, in epoch ms; `to` is infinite while it lasts. */
export type Stretch = { readonly from: number; readonly to: number };

/** A column of the sequence: a participant, or what else messages come from and go to. */
export type SequenceColumn = {
  readonly kind: "participant" | "others" | "room" | "server";
  /** Never empty, and another one for each column. */
  readonly name: string;
  /** Whether it is the participant of the inspected page. */
  readonly isOwn: boolean;
  /** Session ids of the participant, oldest first: one who comes back has a new one. Of others, of all of them. */
  readonly ids: readonly string[];
  /** Whether what the participant's page sends and receives is seen. */
  readonly isInView: boolean;
  /** When the participant was in the call, by time; always for what isn’t a participant. */
  readonly life: readonly Stretch[];
};

export type SequenceColumns = {
  readonly list: readonly SequenceColumn[];
  /** The column of a session id, or of another id that messages come from; -1 for none. */
  placeOf(id: string): number;
  /** The column of the room; -1 where there is none. */
  readonly room: number;
};

type Log = Pick<SessionLog, "calls" | "ofCall" | "documents">;

/** More participants whose pages aren't in view than this share a column. */
const MAX_UNSEEN = 24;

/** What is known of a session id by all calls. */
type Known = {
  readonly id: string;
  readonly name: string;
  readonly userId: string | undefined;
  /** The order of calls: the inspected page's own come first. */
  rank: number;
  isInView: boolean;
  isOwn: boolean;
  label: string;
  life: Stretch[];
};

/** The columns of a sequence: those in view, the others in the order in which they came, the room, servers. */
export function columnsOf(cast: SequenceCast, log: Log): SequenceColumns {
  const groups = gather(cast, log).reduce<Known[][]>(joinGroups, []);
  groups.sort((a, b) => rankOf(a) - rankOf(b));
  const own = groups.filter((group) => group.some(({ isInView }) => isInView));
  const others = groups.filter((group) => !own.includes(group));
  // A column of others is worth it from the second one on.
  const apart = others.length > MAX_UNSEEN + 1 ? others.slice(0, MAX_UNSEEN) : others;
  const rest = others.slice(apart.length).flat();

  const columns = [...own, ...apart].map(participant);
  const names = labelsApart(
    columns.map(({ name, ids }) => ({ name, label: name, id: ids.at(-1) ?? "", isKnown: true })),
  );
  const list: SequenceColumn[] = columns.map((column, place) => ({
    ...column,
    name: names[place] ?? column.name,
  }));
  if (rest.length > 0) {
    const name = `${others.length - apart.length} others`;
    list.push({ ...participant(rest), kind: "others", name });
  }
  for (const id of cast.senders) {
    const name = SHORT[id] ?? specialSender(id);
    if (name !== undefined && specialSender(id) !== undefined)
      list.push({ ...THING, kind: "server", name, ids: [id] });
  }
  if (cast.hasRoom) list.push({ ...THING, kind: "room", name: ROOM.label, isInView: true });

  const places = new Map<string, number>();
  for (const [place, { ids }] of list.entries()) for (const id of ids) places.set(id, place);
  return {
    list,
    placeOf: (id) => places.get(id) ?? -1,
    room: list.findIndex(({ kind }) => kind === "room"),
  };
}

const SHORT: Readonly<Record<string, string>> = { API: "Server" };
const ALWAYS: readonly Stretch[] = [{ from: -Infinity, to: Infinity }];
const THING = { ids: [], isInView: false, isOwn: false, life: ALWAYS } as const;

const participant = (group: readonly Known[]): SequenceColumn => ({
  kind: "participant",
  name: group.at(-1)?.label ?? "",
  isOwn: group.some(({ isOwn }) => isOwn),
  ids: group.map(({ id }) => id),
  isInView: group.some(({ isInView }) => isInView),
  life: union(group.flatMap(({ life }) => life)),
});

/** Session ids that pages in view have or had. */
export const idsInView = ({ calls }: Pick<SessionLog, "calls">): ReadonlySet<string> =>
  new Set([...calls.values()].flatMap((call) => ownIdsOf(call).map(({ id }) => id)));

/** Everyone whom the calls of the rows know, and those whom they got messages of without knowing them; by time. */
function gather({ callIds, senders }: SequenceCast, log: Log): Known[] {
  const known = new Map<string, Known>();
  for (const callId of callIds) {
    const call = log.calls.get(callId);
    for (const person of call?.history.people.people.values() ?? [])
      add(known, call as CallState, person, log);
  }
  for (const id of senders) {
    if (known.has(id) || specialSender(id) !== undefined) continue;
    // When they were there isn't known.
    known.set(id, { ...NO_ONE, id, name: "", label: isolated(shortId(id)), life: [...ALWAYS] });
  }
  const calls = [...log.calls.values()].toSorted((a, b) => Number(a.isOfSeat) - Number(b.isOfSeat));
  for (const [rank, call] of calls.entries()) {
    for (const { id } of ownIdsOf(call)) {
      const person = known.get(id);
      if (person) Object.assign(person, { isInView: true, isOwn: isYours(call), rank });
    }
  }
  return [...known.values()].toSorted((a, b) => from(a) - from(b));
}

const NO_ONE = { userId: undefined, rank: Infinity, isInView: false, isOwn: false } as const;

const rankOf = (group: readonly Known[]): number => Math.min(...group.map(({ rank }) => rank));
const from = ({ life }: Known): number => life[0]?.from ?? 0;

function add(
  known: Map<string, Known>,
  call: CallState,
  { sessionId, participant: { local, user_id, user_name = "" }, stays }: Person,
  log: Log,
): void {
  // What a page that is gone told last of itself is no longer so.
  const end = local && !isConnected(call, log) ? (call.history.span?.to ?? Infinity) : Infinity;
  const life = stays.map(({ fromAt, toAt }) => ({
    from: fromAt,
    to: Math.min(toAt ?? Infinity, end),
  }));
  const before = known.get(sessionId);
  const label = personOf(call, sessionId).name;
  if (before) {
    before.life = union([...before.life, ...life]);
    if (local) before.label = label;
    return;
  }
  const userId = user_id === sessionId ? undefined : user_id;
  known.set(sessionId, { ...NO_ONE, id: sessionId, name: user_name, userId, label, life });
}

function isConnected({ callId }: CallState, { ofCall, documents }: Log): boolean {
  const last = ofCall.get(callId)?.at(-1);
  return last === undefined || documents.get(last.documentId)?.isConnected === true;
}

/** Puts one who came back in the place of who they were: the same user id, or else the same name, after those had left. */
function joinGroups(groups: Known[][], person: Known): Known[][] {
  const before = groups.find((group) => {
    const last = group.at(-1) as Known;
    const isGone = (last.life.at(-1)?.to ?? Infinity) <= from(person);
    return isGone && isSamePerson(last, person);
  });
  if (before) before.push(person);
  else groups.push([person]);
  return groups;
}

const isSamePerson = (a: Known, b: Known): boolean =>
  a.userId !== undefined || b.userId !== undefined
    ? a.userId === b.userId
    : a.name !== "" && a.name === b.name;

/**
 * When session data was on its way to the room: from the first write of a sync window until a state has it. Of the
 * writes among some rows. `shownAt`: when the row is, in epoch ms, that shows an event. `now` is epoch ms.
 */
export function syncWindows(
  rows: readonly SequenceRow[],
  callOf: (callId: string) => CallState | undefined,
  shownAt: (callId: string, seq: number) => number | undefined,
  now: number,
): readonly Stretch[] {
  const windows = rows.flatMap(({ entry: { event } }): Stretch[] => {
    if (event.kind !== "method-called" || event.method !== "setMeetingSessionData") return [];
    const { callId, seq } = event;
    const { window, fate } = callOf(callId)?.history.session.writes.get(seq) ?? {};
    if (window?.confirmedBy !== undefined) {
      const { writes, confirmedBy, confirmedAt = event.at } = window;
      return [{ from: writes[0]?.at ?? event.at, to: shownAt(callId, confirmedBy) ?? confirmedAt }];
    }
    const isWaiting = fate?.kind === "queued" && now - event.at < UNCONFIRMED_AFTER_MS;
    return isWaiting ? [{ from: event.at, to: Infinity }] : [];
  });
  return union(windows);
}

/** Stretches by time, those that overlap as one. */
function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && stretch.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else joined.push(stretch);
  }
  return joined;
}
