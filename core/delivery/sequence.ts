import type { DailyEvent, EventOf, PageEvent } from "../../extension/protocol/event";
import { createFollower, type IsTimeUp } from "../lib/slices";
import type { CallState } from "../session/call-state";
import { ownIdAt } from "../session/people";
import type { Entry } from "../session/session-log";

/**
 * A row of the sequence: what was sent, or what happened. `also` are other events that tell the same and so have no row
 * of their own: arrivals of the message, or how others of the room came to know of it.
 */
export type SequenceRow = { readonly entry: Entry; readonly also: readonly Entry[] };

export type Sequence = {
  /** By time; grown in place. */
  readonly rows: readonly SequenceRow[];
  /** What the rows are about, as far as columns depend on it. */
  readonly cast: SequenceCast;
  /**
   * Takes in what was appended to the list since the last time, until time is up. Returns whether that is all.
   * `isPaired`: whether it is known of every event of the list which message it is of; where it isn't, this is asked
   * again later.
   */
  advance(entries: readonly Entry[], isTimeUp: IsTimeUp, isPaired: boolean): boolean;
  /** Where the row is that shows an event; -1 for none. */
  placeOf(entry: Entry): number;
  /** The first row that isn't before a moment (epoch ms). */
  placeAt(at: number): number;
  /** The first row that is after a moment (epoch ms). */
  placeAfter(at: number): number;
};

export type SequenceCast = {
  readonly callIds: ReadonlySet<string>;
  /** Ids that messages came from. */
  readonly senders: ReadonlySet<string>;
  /** Whether there is session data, which is the room's. */
  readonly hasRoom: boolean;
};

type Options = {
  readonly callOf: (callId: string) => CallState | undefined;
  /** The message that an arrival is of; undefined where that isn't known. */
  readonly sourceOf: (arrival: Entry) => Entry | undefined;
  /** Whether a participant's page is in view, by session id. */
  readonly isInView: (id: string) => boolean;
};

type Row = { readonly entry: Entry; readonly also: Entry[] };

/** An app message that arrived: under the row of its message, or with one of its own. */
type Arrival = { readonly entry: Entry; row: Row | undefined; isUnder: boolean };

/** Rows that tell the same of the same participant, by the time of the first event that did. */
type Fact = { readonly at: number; row: Row };
type Facts = { readonly list: Fact[]; readonly last: Map<string, Fact> };

/** Others of the room come to know of a change within this time, in ms. */
const SAME_FACT_MS = 5_000;

/** Clocks of two pages of one browser may differ by this much: an arrival may seem to come before its message. */
const SKEW_MS = 20;

/** So many items are looked at between two looks at the clock. */
const STEP = 64;

/**
 * Lays out entries of all seats as rows: one for each message, with its arrivals under it, and one for everything else
 * that the participants tell of each other. Looks at each entry once, and again only at arrivals that a message which
 * came into the log later may be the source of.
 */
export function createSequence({ callOf, sourceOf, isInView }: Options): Sequence {
  let rows: Row[] = [];
  /** Rows that are not at their places yet, and those that are to go. */
  let added: Row[] = [];
  let gone = new Set<Row>();
  /** The rows of events that have none of their own. */
  let under = new Map<Entry, Row>();
  let sends = new Map<Entry, Row>();
  let arrivals: Arrival[] = [];
  let facts = new Map<string, Facts>();
  let cast = newCast();
  /** Those whose messages are seen by their arrivals alone. */
  let unseen = new Set<string>();
  /** Arrivals from then on (epoch ms) may have got another source. */
  let recheckFrom = Infinity;
  /** Whether what is taken in is paired; and from when on arrivals were taken in that weren't (epoch ms). */
  let isSure = true;
  let unsureFrom = Infinity;

  const follower = createFollower<Entry>({
    take,
    startOver() {
      rows = [];
      added = [];
      gone = new Set();
      under = new Map();
      sends = new Map();
      arrivals = [];
      facts = new Map();
      cast = newCast();
      unseen = new Set();
      recheckFrom = unsureFrom = Infinity;
    },
    dropBefore,
  });

  function take(entry: Entry): void {
    const { event } = entry;
    cast.callIds.add(event.callId);
    if (isArrival(event)) {
      cast.senders.add(event.fromId);
      if (!isInView(event.fromId)) {
        unseen.add(event.fromId);
        takeFact(`from ${event.fromId} ${event.payload.json}`, entry);
        return;
      }
      const arrival: Arrival = { entry, row: undefined, isUnder: false };
      insert(arrivals, arrival);
      if (!isSure) unsureFrom = Math.min(unsureFrom, event.at);
      settle(arrival);
    } else if (isSend(event)) {
      sends.set(entry, addRow(entry));
      recheckFrom = Math.min(recheckFrom, event.at - SKEW_MS);
    } else {
      if (isSessionData(event)) cast.hasRoom = true;
      const key = factOf(event, callOf);
      if (key === undefined) addRow(entry);
      else takeFact(key, entry);
    }
  }

  function addRow(entry: Entry, also: Entry[] = []): Row {
    const row = { entry, also };
    added.push(row);
    for (const each of also) under.set(each, row);
    return row;
  }

  function put(entry: Entry, row: Row): void {
    row.also.push(entry);
    under.set(entry, row);
  }

  /** Puts an arrival under its message, or gives it a row of its own where that isn't shown or known. */
  function settle(arrival: Arrival): void {
    const { entry, row, isUnder } = arrival;
    const source = sourceOf(entry);
    const target = source && sends.get(source);
    if (row && (isUnder ? target === row : !target)) return;
    if (row && isUnder) {
      row.also.splice(row.also.indexOf(entry), 1);
      under.delete(entry);
    } else if (row) gone.add(row);
    arrival.isUnder = target !== undefined;
    arrival.row = target ?? addRow(entry);
    if (target) put(entry, target);
  }

  /** Until time is up; returns whether all have been looked at. */
  function recheck(isTimeUp: IsTimeUp): boolean {
    if (recheckFrom === Infinity) return true;
    const from = recheckFrom;
    let at = firstNot(arrivals, ({ entry }) => entry.event.at < from);
    while (at < arrivals.length) {
      const end = Math.min(arrivals.length, at + STEP);
      for (; at < end; at++) settle(arrivals[at] as Arrival);
      if (at < arrivals.length && isTimeUp()) {
        recheckFrom = (arrivals[at] as Arrival).entry.event.at;
        return false;
      }
    }
    recheckFrom = Infinity;
    return true;
  }

  /**
   * Puts an event under the row of another one that tells the same. Each call tells a change once: so one that is told
   * again is another change, and changes are told in their order.
   */
  function takeFact(key: string, entry: Entry): void {
    const { at, callId, kind } = entry.event;
    let known = facts.get(key);
    if (!known) facts.set(key, (known = { list: [], last: new Map() }));
    const { list, last } = known;
    const teller = `${kind} ${callId}`;
    const before = last.get(teller);
    const first = before ? list.indexOf(before, firstFact(list, before.at)) + 1 : 0;
    let fact = list[Math.max(first, firstFact(list, at - SAME_FACT_MS))];
    if (fact && fact.at <= at + SAME_FACT_MS) tell(fact, entry);
    else {
      const place = Math.max(first, firstFact(list, at));
      fact = { at: Math.max(at, list[place - 1]?.at ?? at), row: addRow(entry) };
      list.splice(place, 0, fact);
    }
    last.set(teller, fact);
  }

  /** The row is about the event of the one who did it, else about one of the inspected page. */
  function tell(fact: Fact, entry: Entry): void {
    const { row } = fact;
    if (rankOf(entry, callOf) >= rankOf(row.entry, callOf)) return put(entry, row);
    gone.add(row);
    under.delete(entry);
    fact.row = addRow(entry, [row.entry, ...row.also]);
  }

  /** Brings rows to their places. What is new is nearly always the latest, so only the end of the list is touched. */
  function arrange(): void {
    const coming = added.filter((row) => !gone.has(row)).sort(byTime);
    added = [];
    let place = coming[0] ? rowPlace(coming[0].entry) : rows.length;
    for (const row of gone) place = Math.min(place, rowPlace(row.entry));
    const later = rows.splice(place);
    let next = 0;
    for (const row of later) {
      if (gone.has(row)) continue;
      while (next < coming.length && byTime(coming[next] as Row, row) < 0)
        rows.push(coming[next++] as Row);
      rows.push(row);
    }
    while (next < coming.length) rows.push(coming[next++] as Row);
    gone = new Set();
  }

  /** Where the row that is about an entry is, or would be. */
  const rowPlace = (entry: Entry): number => firstNot(rows, (row) => byTime(row, { entry }) < 0);

  /** Entries before an index went away; what was told under their rows gets rows of its own. */
  function dropBefore(index: number): void {
    const isLeft = ({ index: each }: Entry) => each >= index;
    arrange();
    const dropped = new Set(rows.filter(({ entry }) => !isLeft(entry)));
    const orphans = [...dropped].flatMap(({ also }) => also.filter(isLeft));
    rows = rows.filter((row) => !dropped.has(row));
    for (const { also } of rows)
      if (!also.every(isLeft)) also.splice(0, also.length, ...also.filter(isLeft));
    for (const map of [sends, under])
      for (const [entry, row] of map) if (!isLeft(entry) || dropped.has(row)) map.delete(entry);
    arrivals = arrivals.filter(({ entry, row }) => isLeft(entry) && row && !dropped.has(row));
    for (const [key, { list, last }] of facts) {
      const kept = list.filter(({ row }) => !dropped.has(row));
      list.splice(0, list.length, ...kept);
      for (const [teller, { row }] of last) if (dropped.has(row)) last.delete(teller);
      if (list.length === 0) facts.delete(key);
    }
    for (const entry of orphans.sort((a, b) => a.index - b.index)) take(entry);
  }

  return {
    get rows() {
      return rows;
    },
    get cast() {
      return cast;
    },

    advance(entries, isTimeUp, isPaired) {
      isSure = isPaired;
      // Their messages have been there as facts; now they are known.
      if ([...unseen].some(isInView)) follower.startOver();
      const hasSeenAll = follower.advance(entries, isTimeUp);
      if (isPaired) {
        recheckFrom = Math.min(recheckFrom, unsureFrom);
        unsureFrom = Infinity;
      }
      // Before all is paired, looking again tells nothing new.
      const hasChecked = !isPaired || recheck(isTimeUp);
      arrange();
      return hasSeenAll && hasChecked;
    },

    placeOf(entry) {
      const row = under.get(entry);
      const place = rowPlace(row?.entry ?? entry);
      const found = rows[place];
      return found && (found === row || found.entry === entry) ? place : -1;
    },

    placeAt: (at) => firstNot(rows, ({ entry }) => entry.event.at < at),
    placeAfter: (at) => firstNot(rows, ({ entry }) => entry.event.at <= at),
  };
}

const newCast = () => ({ callIds: new Set<string>(), senders: new Set<string>(), hasRoom: false });

type Timed = { readonly entry: Entry };

/** By time and, at the same time, by arrival. */
const byTime = ({ entry: a }: Timed, { entry: b }: Timed): number =>
  a.event.at - b.event.at || a.index - b.index;

/** The first place of an ordered list whose item isn't before what is looked for. */
function firstNot<T>(list: readonly T[], isBefore: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const firstFact = (list: readonly Fact[], at: number): number =>
  firstNot(list, (fact) => fact.at < at);

/** Puts an arrival at its place, which is nearly always the end. */
function insert(list: Arrival[], arrival: Arrival): void {
  const last = list.at(-1);
  if (!last || byTime(last, arrival) < 0) list.push(arrival);
  else
    list.splice(
      firstNot(list, (each) => byTime(each, arrival) < 0),
      0,
      arrival,
    );
}

type AppMessage = Extract<DailyEvent, { name: "app-message" }>;

const isArrival = (event: PageEvent): event is AppMessage =>
  event.kind === "daily-event" && event.name === "app-message" && !event.simulated;

const isSend = (event: PageEvent): event is EventOf<"method-called"> =>
  event.kind === "method-called" && event.method === "sendAppMessage";

const isSessionData = (event: PageEvent): boolean =>
  event.kind === "method-called"
    ? event.method === "setMeetingSessionData"
    : event.kind === "daily-event" && event.name === "meeting-session-state-updated";

/** What an event tells that other pages tell as well; undefined where it is about this page alone. */
function factOf(event: PageEvent, callOf: Options["callOf"]): string | undefined {
  const call = callOf(event.callId);
  const self = () => ownIdAt(call, event.seq);
  if (event.kind === "method-called") {
    if (event.method !== "setUserData" || event.outcome === "threw") return undefined;
    return about("user", self(), event.payload.json);
  }
  if (event.kind !== "daily-event") return undefined;
  switch (event.name) {
    case "joined-meeting":
      return about("joined", self());
    case "left-meeting":
      return about("left", self());
    case "participant-joined":
      return about("joined", event.participant.session_id);
    case "participant-left":
      return about("left", event.participant.session_id);
    case "participant-updated": {
      const { changed, participant, payload } = event;
      return changed.includes("userData")
        ? about("user", participant.session_id, payload?.json)
        : about("updated", participant.session_id, changed.join());
    }
    case "meeting-session-state-updated":
      return about("state", call?.room, event.payload?.json);
    default:
      return undefined;
  }
}

const about = (what: string, who: string | undefined, value = ""): string | undefined =>
  who === undefined ? undefined : `${what} ${who} ${value}`;

/** Whose word counts: that of the one who did it, then of the inspected page. */
function rankOf({ event }: Entry, callOf: Options["callOf"]): number {
  const isOwnDeed =
    event.kind === "method-called" ||
    (event.kind === "daily-event" &&
      (event.name === "joined-meeting" || event.name === "left-meeting"));
  if (isOwnDeed) return 0;
  return callOf(event.callId)?.isOfSeat === true ? 2 : 1;
}
