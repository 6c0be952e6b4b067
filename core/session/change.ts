import { differences } from "../lib/paths";
import { applyUpdate, changedKeys, type SessionData } from "../daily/merge";
import { isolated, shortValue } from "../lib/texts";
import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { versionAt } from "../daily/people-tracker";
import { readSessionData } from "../daily/session-write";
import { dataOf } from "../daily/session-tracker";
import type { EventOf } from "../../extension/protocol/event";
import type { CallHistory } from "./call-history";
import type { Entry } from "./session-log";

/** More than a row shows. */
const MAX_KEYS = 12;

/** A key with so few changed places inside is told place by place. */
const MAX_PLACES = 2;

/**
 * What changed between two states, key by key, in a line: `stage: "Ada" → "Bob", poll.votes: 2 → 3, topic: deleted`.
 * `before` is undefined where the log no longer has it: then only what the changed keys became is told.
 */
export function differenceText(
  before: SessionData | undefined,
  after: SessionData,
  changed: readonly string[],
): string {
  if (changed.length === 0) return "no change";
  const parts = changed.slice(0, MAX_KEYS).map((key) => keyText(key, before, after));
  const more = changed.length - parts.length;
  return `${parts.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

function keyText(key: string, before: SessionData | undefined, after: SessionData): string {
  if (!Object.hasOwn(after, key)) return `${key}: deleted`;
  if (!before || !Object.hasOwn(before, key)) return `${key}: ${shortValue(after[key])}`;
  const [was, is] = [before[key], after[key]];
  const places = isContainer(was) && isContainer(is) ? differences(was, is) : [];
  if (places.length === 0 || places.length > MAX_PLACES || places.some(({ path }) => path === ""))
    return `${key}: ${shortValue(was)} → ${shortValue(is)}`;
  return places
    .map(({ kind, path, before: old, after: now }) => {
      const place = `${key}${path.startsWith("[") ? "" : "."}${path}`;
      if (kind === "removed") return `${place}: deleted`;
      return kind === "added"
        ? `${place}: ${shortValue(now)}`
        : `${place}: ${shortValue(old)} → ${shortValue(now)}`;
    })
    .join(", ");
}

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/** The state that an entry is about, before and after it. */
export type StateChange = {
  /** What the state is: the words of a heading. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  /** `expected` while it waits; `would-be` where it did not come to it, or no one knows. */
  readonly tense: "did" | "expected" | "would-be";
};

const TENSES = {
  refused: "would-be",
  nothing: "did",
  queued: "expected",
  synced: "did",
  coalesced: "did",
  overwritten: "did",
  failed: "would-be",
  lost: "would-be",
  unconfirmed: "would-be",
} as const;

const USER_DATA_TENSES = {
  refused: "would-be",
  pending: "expected",
  stored: "expected",
  set: "did",
  silent: "did",
} as const;

/** What an entry changes; undefined for entries that change neither session data nor user data. */
export function changeOf({ event }: Entry, history: CallHistory): StateChange | undefined {
  const { session, people, userData } = history;
  if (event.kind === "method-called") {
    const write = session.writes.get(event.seq);
    if (write) {
      const base = dataOf(write.base);
      const before = write.before ? applyUpdate(base, write.before) : base;
      const after = applyUpdate(before, write.update);
      return { subject: "Session data", before, after, tense: TENSES[write.fate.kind] };
    }
    const own = userData.writes.get(event.seq);
    if (!own) return undefined;
    const [before, after] = [valueOf(own.before), valueOf(event.payload)];
    return { subject: "Own user data", before, after, tense: USER_DATA_TENSES[own.fate.kind] };
  }
  if (event.kind !== "daily-event") return undefined;
  if (event.name === "meeting-session-state-updated" && event.payload) {
    const before = dataOf(versionAt(session.versions, event.seq - 1));
    return {
      subject: "Session data",
      before,
      after: readSessionData(event.payload),
      tense: "did",
    };
  }
  if (event.name === "participant-updated" && event.changed.includes("userData")) {
    const person = people.people.get(event.participant.session_id);
    const before = valueOf(versionAt(person?.versions ?? [], event.seq - 1)?.payload);
    const name = isolated(event.participant.user_name ?? event.participant.session_id);
    return {
      subject: `User data of ${name}`,
      before,
      after: valueOf(event.payload),
      tense: "did",
    };
  }
  return undefined;
}

/** The value of a payload; undefined when it has none. */
export function valueOf(payload: Payload | undefined): unknown {
  const parsed = payload && parsePayload(payload);
  return parsed?.ok ? parsed.value : undefined;
}

/** Top-level keys of the session data that an entry sets, deletes or, as a received state, changed. */
export function changedKeysOf({ event }: Entry, { session }: CallHistory): readonly string[] {
  if (event.kind === "method-called") {
    const update = session.writes.get(event.seq)?.update;
    return update ? [...Object.keys(update.data), ...update.keysToDelete] : [];
  }
  const version = versionAt(session.versions, event.seq);
  return version?.seq === event.seq ? version.changed : [];
}

const differencesOf = new WeakMap<Payload, string>();

/**
 * What a received state changed, in a line; undefined for entries that aren't one and for the first state, which has
 * nothing before it.
 */
export function receivedDifference(
  { event }: Entry,
  history: CallHistory | undefined,
): string | undefined {
  if (!history || event.kind !== "daily-event") return undefined;
  if (event.name === "participant-updated" && event.changed.includes("user_name"))
    return nameChange(event, history);
  if (!("payload" in event) || !event.payload) return undefined;
  const known = differencesOf.get(event.payload);
  if (known !== undefined) return known;
  const text =
    event.name === "meeting-session-state-updated"
      ? sessionDifference(event.seq, history)
      : event.name === "participant-updated" && event.changed.includes("userData")
        ? userDataDifference(event.participant.session_id, event.seq, history)
        : undefined;
  if (text !== undefined) differencesOf.set(event.payload, text);
  return text;
}

/** `user_name: "Ada" → "Eve"`, with what else changed in the same event. */
function nameChange(
  { seq, participant, changed }: EventOf<"daily-event"> & { name: "participant-updated" },
  { people }: CallHistory,
): string | undefined {
  const names = people.people.get(participant.session_id)?.names ?? [];
  const [before, after] = [versionAt(names, seq - 1), versionAt(names, seq)];
  if (!after || after.seq !== seq) return undefined;
  const text = before
    ? `user_name: ${shortValue(before.name)} → ${shortValue(after.name)}`
    : `user_name: ${shortValue(after.name)}`;
  const others = changed.filter((each) => each !== "user_name");
  return others.length > 0 ? `${text}, ${others.join(", ")} changed` : text;
}

function sessionDifference(seq: number, { session }: CallHistory): string | undefined {
  const version = versionAt(session.versions, seq);
  if (version?.seq !== seq || version.author === "found") return undefined;
  const before = versionAt(session.versions, seq - 1);
  const was = dataOf(before);
  if (Object.keys(was).length === 0) return undefined;
  return differenceText(was, dataOf(version), version.changed);
}

function userDataDifference(
  sessionId: string,
  seq: number,
  { people }: CallHistory,
): string | undefined {
  const versions = people.people.get(sessionId)?.versions ?? [];
  const version = versionAt(versions, seq);
  if (version?.seq !== seq) return undefined;
  const [before, after] = [versionAt(versions, seq - 1), version].map((each) =>
    readSessionData(each?.payload),
  ) as [SessionData, SessionData];
  // What isn't an object counts as empty here, and is shown as it is.
  if (Object.keys(before).length === 0 || Object.keys(after).length === 0) return undefined;
  return differenceText(before, after, changedKeys(before, after));
}
