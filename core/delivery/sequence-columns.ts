import { shortId, specialSender } from "../daily/delivery";
import type { Person } from "../daily/people-tracker";
import { isolated } from "../lib/texts";
import type { CallState } from "../session/call-state";
import { ROOM } from "../session/event-view";
import { labelsApart, personOf } from "../session/people";
import type { SessionLog } from "../session/session-log";
import type { SequenceCast } from "./sequence";

/** From one moment to another, in epoch ms; `to` is infinite while it lasts. */
export type Stretch = { readonly from: number; readonly to: number };

/** A column of the sequence: a participant, or what else messages come from and go to. */
export type SequenceColumn = {
  readonly kind: "participant" | "others" | "room" | "server";
  readonly label: string;
  /** Session ids of the participant, oldest first: one who comes back has a new one. Of others, of all of them. */
  readonly ids: readonly string[];
  /** Whether what the participant's page sends and receives is seen. */
  readonly isInView: boolean;
  /** When the participant was in the call, by time; always for what is no participant. */
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
  const labels = labelsApart(
    columns.map(({ label, ids }) => ({ ...NAMED, label, id: ids.at(-1) ?? "" })),
  );
  const list: SequenceColumn[] = columns.map((column, index) => ({
    ...column,
    label: labels[index] ?? column.label,
  }));
  if (rest.length > 0)
    list.push({
      ...participant(rest),
      kind: "others",
      label: `${others.length - apart.length} others`,
    });
  for (const id of cast.senders) {
    const special = specialSender(id);
    if (special !== undefined)
      list.push({
        kind: "server",
        label: SHORT[id] ?? special,
        ids: [id],
        isInView: false,
        life: ALWAYS,
      });
  }
  if (cast.hasRoom)
    list.push({ kind: "room", label: ROOM.label, ids: [], isInView: true, life: ALWAYS });

  const places = new Map<string, number>();
  for (const [place, { ids }] of list.entries()) for (const id of ids) places.set(id, place);
  return {
    list,
    placeOf: (id) => places.get(id) ?? -1,
    room: list.findIndex(({ kind }) => kind === "room"),
  };
}

const NAMED = { name: "", isKnown: true };
const SHORT: Readonly<Record<string, string>> = { API: "Server" };
const ALWAYS: readonly Stretch[] = [{ from: -Infinity, to: Infinity }];

const participant = (group: readonly Known[]): SequenceColumn => ({
  kind: "participant",
  label: group.at(-1)?.label ?? "",
  ids: group.map(({ id }) => id),
  isInView: group.some(({ isInView }) => isInView),
  life: union(group.flatMap(({ life }) => life)),
});

/** Everyone whom the calls of the rows know, and those whom they got messages of without knowing them. */
function gather({ callIds, senders }: SequenceCast, log: Log): Known[] {
  const known = new Map<string, Known>();
  const calls = [...callIds].flatMap((callId) => log.calls.get(callId) ?? []);
  calls.sort((a, b) => Number(a.isOfSeat) - Number(b.isOfSeat));
  for (const [rank, call] of calls.entries())
    for (const person of call.history.people.people.values()) add(known, call, person, rank, log);
  for (const id of senders) {
    if (known.has(id) || specialSender(id) !== undefined) continue;
    const name = isolated(shortId(id));
    // When they were there isn't known.
    const life = [...ALWAYS];
    known.set(id, {
      id,
      name: "",
      userId: undefined,
      rank: Infinity,
      isInView: false,
      label: name,
      life,
    });
  }
  for (const call of log.calls.values())
    for (const [id, person] of known)
      if (call.history.people.people.get(id)?.participant.local) person.isInView = true;
  return [...known.values()].sort((a, b) => from(a) - from(b));
}

const rankOf = (group: readonly Known[]): number => Math.min(...group.map(({ rank }) => rank));
const from = ({ life }: Known): number => life[0]?.from ?? 0;

function add(
  known: Map<string, Known>,
  call: CallState,
  { sessionId, participant: { local, user_id, user_name }, stays }: Person,
  rank: number,
  log: Log,
): void {
  // What a page that is gone told last of itself is no longer so.
  const end = local && !isConnected(call, log) ? (call.history.span?.to ?? Infinity) : Infinity;
  const life = stays.map(({ fromAt, toAt }) => ({
    from: fromAt,
    to: Math.min(toAt ?? Infinity, end),
  }));
  const before = known.get(sessionId);
  if (before) {
    before.life = union([...before.life, ...life]);
    if (!local) return;
    before.rank = rank;
    before.label = personOf(call, sessionId).label;
    return;
  }
  known.set(sessionId, {
    id: sessionId,
    name: user_name ?? "",
    userId: user_id === sessionId ? undefined : user_id,
    rank: local ? rank : Infinity,
    isInView: local,
    label: personOf(call, sessionId).label,
    life,
  });
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
