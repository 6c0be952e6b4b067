import { clip, MAX_ID } from "../../extension/protocol/bounds";
import type { PageEvent } from "../../extension/protocol/event";
import { finishInSlices, inSlices } from "../lib/slices";
import { LAST_TIME } from "../lib/time-list";
import type { CallState } from "../session/call-state";
import { localPerson } from "../session/people";
import { entriesInOrder, isSameSession, type SeatClock, type SeatOrigin } from "../session/seats";
import {
  append,
  type DocumentState,
  type Entry,
  openDocument,
  removeDocuments,
  type SessionLog,
} from "../session/session-log";
import { type Clock, crossingsBetween, estimateClock, type Side } from "./clocks";
import { arrivedMessage, newSelf, sentMessage } from "./messages";

/** What became of adding a recording: whose calls of it are left out, by name, or why none was added. */
export type AddedRecording =
  | { readonly ok: true; readonly leftOut: readonly string[] }
  | { readonly ok: false; readonly reason: string };

type Options = {
  /** Of the file. Recordings of one name are told apart by a number. */
  readonly name: string;
  /** An id for a call that no other call of the log has. */
  readonly idFor: (documentId: string, callId: string) => string;
  /** False once it is to be stopped: the log is then as it was. */
  readonly isWanted: () => boolean;
};

/**
 * Puts the calls of another recording beside those of a log, as seats: those in the same session of a room, with their
 * times moved onto the clock of the log's page. Whoever is in view already isn't added again. Takes as long as it takes,
 * in slices; `recorded` stays as it is.
 */
export async function addRecording(
  log: SessionLog,
  recorded: SessionLog,
  { name, idFor, isWanted }: Options,
): Promise<AddedRecording> {
  const choice = chooseSeats(log, recorded);
  if (!choice.ok) return choice;
  const chosen = entriesInOrder(recorded, ({ documentId }) => choice.documents.has(documentId));
  const clock = await clockOf(log, recorded, [...choice.documents.values()]);
  const toReference = (at: number): number =>
    clock.kind === "unknown" ? at : Math.min(Math.max(clock.toReference(at), 0), LAST_TIME);

  const ownName = freeName(log, clip(name, MAX_NAME));
  const added = new Map<string, Added>();
  for (const document of choice.documents.values()) {
    const documentId = freeId(log, document.documentId);
    const { url, frameId, leftOut, callIds, seat } = document;
    const origin = originIn(seat?.origin, ownName, summaryOf(clock));
    const state = openDocument(log, { documentId, url, frameId }, origin);
    state.leftOut = leftOut;
    // A recording says no more.
    state.isConnected = false;
    const calls = new Map([...callIds].map((callId) => [callId, idFor(documentId, callId)]));
    added.set(document.documentId, { state, calls });
  }
  const add = ({ documentId, event }: Entry): void => {
    const { state, calls } = added.get(documentId) as Added;
    const callId = calls.get(event.callId) ?? event.callId;
    append(log, state.documentId, { ...event, callId, at: toReference(event.at) } as PageEvent);
  };
  if (!(await inSlices(chosen, add, isWanted))) {
    removeDocuments(log, new Set([...added.values()].map(({ state }) => state.documentId)));
    return { ok: false, reason: "Cancelled." };
  }
  // Who made the file knew what was missing; gaps may be what was left out.
  for (const [documentId, { state }] of added)
    state.dropped = recorded.documents.get(documentId)?.dropped ?? 0;
  return { ok: true, leftOut: choice.leftOut };
}

type Added = { readonly state: DocumentState; readonly calls: ReadonlyMap<string, string> };

type Choice =
  | {
      readonly ok: true;
      readonly documents: ReadonlyMap<string, DocumentState>;
      readonly leftOut: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** The documents of a recording with a call in the session of the log, of someone who isn't in view yet. */
function chooseSeats(log: SessionLog, recorded: SessionLog): Choice {
  const ours = [...log.calls.values()].filter((call) => !call.isOfSeat && call.room !== undefined);
  if (ours.length === 0)
    return refuse("The session that is shown hasn’t joined a room yet, so they can’t be matched.");
  const theirs = [...recorded.calls.values()].filter(({ room }) => room !== undefined);
  if (theirs.length === 0) return refuse("No call in it has joined a room.");
  const inRoom = theirs.filter((call) => ours.some(({ room }) => room === call.room));
  if (inRoom.length === 0)
    return refuse(`It is from the room ${roomsOf(theirs)}, not from ${roomsOf(ours)}.`);
  const inSession = inRoom.filter((call) => ours.some((own) => isSameSession(own, call)));
  if (inSession.length === 0)
    return refuse(
      `It is from another session of the room ${roomsOf(inRoom)}: these two never met there.`,
    );

  const inView = new Set([...log.calls.values()].flatMap(ownIds));
  const isChosen = new Set(inSession);
  const documents = new Map<string, DocumentState>();
  const known: string[] = [];
  const leftOut: string[] = [];
  for (const document of recorded.documents.values()) {
    const calls = [...document.callIds].flatMap((callId) => recorded.calls.get(callId) ?? []);
    const names = calls.map((call) => localPerson(call).name);
    const ids = calls.flatMap(ownIds);
    if (!calls.some((call) => isChosen.has(call))) leftOut.push(...names);
    else if (ids.some((id) => inView.has(id))) known.push(...names);
    else {
      documents.set(document.documentId, document);
      for (const id of ids) inView.add(id);
    }
  }
  if (documents.size === 0)
    return refuse(
      `It adds no one: ${namesText(known)} ${known.length > 1 ? "are" : "is"} in view already.`,
    );
  return { ok: true, documents, leftOut };
}

/** More names than this are counted. */
const MAX_NAMED = 5;

/** `Ada`, `Ada and Bob`, `Ada, Bob and 4 more`. */
function namesText(names: readonly string[]): string {
  const listed = names.slice(0, names.length > MAX_NAMED ? MAX_NAMED - 1 : MAX_NAMED);
  const rest = names.length > listed.length ? `${names.length - listed.length} more` : listed.pop();
  return listed.length > 0 ? `${listed.join(", ")} and ${rest}` : (rest ?? "");
}

const refuse = (reason: string) => ({ ok: false, reason }) as const;

/** All session ids that a call has had: each is of one join of one page, on whichever machine. */
const ownIds = ({ history }: CallState): string[] =>
  [...history.people.people.values()].flatMap(({ sessionId, participant }) =>
    participant.local ? [sessionId] : [],
  );

const roomsOf = (calls: readonly CallState[]): string =>
  namesText([...new Set(calls.map(({ room = "" }) => room.replace(/^https?:\/\//, "")))]);

/** How the clock of a recording is read on that of a log, by the messages that crossed between their machines. */
async function clockOf(
  log: SessionLog,
  recorded: SessionLog,
  documents: readonly DocumentState[],
): Promise<Clock> {
  const here = (document: DocumentState) => document.seat?.origin.kind !== "recording";
  const others = documents.filter(here);
  const [ours, theirs] = [
    await sidesOf(log, [...log.documents.values()].filter(here)),
    await sidesOf(recorded, others),
  ];
  const span = { from: Infinity, to: -Infinity };
  for (const { callIds } of others)
    for (const callId of callIds)
      for (const { event } of recorded.ofCall.get(callId) ?? []) {
        span.from = Math.min(span.from, event.at);
        span.to = Math.max(span.to, event.at);
      }
  return estimateClock(await finishInSlices(crossingsBetween(ours, theirs)), span);
}

async function sidesOf(log: SessionLog, documents: readonly DocumentState[]): Promise<Side[]> {
  const sides: Side[] = [];
  for (const { callIds } of documents)
    for (const callId of callIds) {
      const call = log.calls.get(callId);
      const sent: Side["sent"][number][] = [];
      const arrived: Side["arrived"][number][] = [];
      let self: string | undefined;
      // A copy: the page goes on.
      await inSlices(log.ofCall.get(callId)?.slice() ?? [], (entry) => {
        self = newSelf(entry.event, self, call) ?? self;
        const message = self === undefined ? undefined : sentMessage(entry, self);
        const arrival = self === undefined ? undefined : arrivedMessage(entry, self);
        if (message) sent.push(message);
        if (arrival) arrived.push(arrival);
      });
      sides.push({ sent, arrived });
    }
  return sides;
}

function summaryOf(clock: Clock): SeatClock {
  switch (clock.kind) {
    case "estimated": {
      const { kind, offsetMs, driftPpm, uncertaintyMs, crossings } = clock;
      return { kind, offsetMs, driftPpm, uncertaintyMs, crossings };
    }
    case "one-way":
      return { kind: clock.kind, offsetMs: clock.offsetMs, crossings: clock.crossings };
    case "unknown":
      return clock;
  }
}

/** Where a seat of an added recording is: what was a tab there is in the file here, and a file within it stays one. */
function originIn(inner: SeatOrigin | undefined, name: string, clock: SeatClock): SeatOrigin {
  if (inner?.kind !== "recording") return { kind: "recording", name, clock };
  const nested = clip(`${inner.name} in ${name}`, MAX_ID);
  return { kind: "recording", name: nested, clock: chained(inner.clock, clock) };
}

/** A clock that was set by one that was set itself: no better than both. */
function chained(inner: SeatClock, outer: SeatClock): SeatClock {
  if (inner.kind === "unknown" || outer.kind === "unknown") return { kind: "unknown" };
  const offsetMs = inner.offsetMs + outer.offsetMs;
  const crossings = Math.min(inner.crossings, outer.crossings);
  if (inner.kind === "one-way" || outer.kind === "one-way")
    return { kind: "one-way", offsetMs, crossings };
  return {
    kind: "estimated",
    offsetMs,
    driftPpm: inner.driftPpm + outer.driftPpm,
    uncertaintyMs: inner.uncertaintyMs + outer.uncertaintyMs,
    crossings,
  };
}

/** Of a file, in characters: there is room for what tells it apart. */
const MAX_NAME = MAX_ID - 20;

/** The name of a file, with a number where another recording of the log has it. */
function freeName(log: SessionLog, name: string): string {
  const taken = new Set(
    [...log.documents.values()].map(({ seat }) =>
      seat?.origin.kind === "recording" ? seat.origin.name : undefined,
    ),
  );
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  return free;
}

/** An id for a document that none of a browser, and no other of the log, has. */
function freeId({ documents }: SessionLog, documentId: string): string {
  for (let n = 1; ; n++) {
    const id = `added ${n} ${documentId}`.slice(0, MAX_ID);
    if (!documents.has(id)) return id;
  }
}
