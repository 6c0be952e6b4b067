import type { PageEvent } from "../../extension/protocol/event";
import type { IsTimeUp } from "../lib/slices";
import { placeOf } from "../lib/slices";
import { firstAfter } from "../lib/time-list";
import type { CallState } from "../session/call-state";
import { isSameSession } from "../session/seats";
import type { Entry, SessionLog } from "../session/session-log";
import {
  type ArrivedMessage,
  arrivedMessage,
  newSelf,
  type SentMessage,
  sentMessage,
} from "./messages";
import { createPairing, PATIENCE_MS, type Pairing, type Verdict } from "./pairing";
import { compareClocks, timeBetween } from "./seat-clocks";
import { spreadOf } from "./spread";

/** What became of a message or a write at one of those in view. */
export type Reception = {
  readonly sessionId: string;
  /** The call whose events tell; undefined for a recipient who is not in view. */
  readonly callId: string | undefined;
  readonly verdict: Verdict<ArrivedMessage> | Spread;
  /** From the call of the method to the event, in milliseconds; undefined where clocks don't allow to say. */
  readonly latencyMs?: number;
  /** By how much that may be off, in milliseconds, where two clocks had to be compared. */
  readonly uncertaintyMs?: number;
  /** The event by which it arrived. */
  readonly entry?: Entry;
  /** A message that its sender sent later arrived earlier. */
  readonly isOvertaken?: true;
};

/** What became of a write at one of those in view, where it isn't what can become of a message. */
export type Spread =
  | { readonly kind: "held" }
  /** A later value came instead, by a write of the same participant or of anyone for session data. */
  | { readonly kind: "replaced" };

/** What became of a message or a write, as far as the other ends that are in view tell. */
export type Outcome = {
  /** Of everyone in view that it was for, and of those it names that are not in view. */
  readonly receptions: readonly Reception[];
  /** How many of those in view it is known of, whichever way. */
  readonly known: number;
  /** How many of them have it. */
  readonly received: number;
  /** The slowest of them, in milliseconds. */
  readonly latencyMs: number | undefined;
  /** By how much that may be off, in milliseconds, where two clocks had to be compared. */
  readonly uncertaintyMs?: number;
  /** Counts of equal messages, where only those are known. */
  readonly equals: { readonly arrived: number; readonly sent: number } | undefined;
  /** Whether it may change yet. */
  readonly isOpen: boolean;
};

/** Where an arrival came from. */
export type Source = {
  readonly entry: Entry;
  readonly latencyMs: number | undefined;
  /** As of a reception. */
  readonly uncertaintyMs?: number;
};

type DeliveryLog = Pick<SessionLog, "calls" | "ofCall" | "documents">;

export type Deliveries = {
  /** Whether any two calls of the log are in one session of a room: only then is anything known. */
  hasEnds(): boolean;
  /** Takes in what was appended since the last time, until time is up. Returns whether that is all. */
  advance(isTimeUp: IsTimeUp): boolean;
  /** Entries went away: all over again. */
  startOver(): void;
  /** The page of a document answered at that time (epoch ms): so it runs. */
  ran(documentId: string, at: number): void;
  /**
   * What became of what a call in view sent or wrote, by a time (epoch ms), or by the latest that anything is known of.
   * Undefined for anything else.
   */
  outcomeOf(entry: Entry, now: number): Outcome | undefined;
  /** The message of a call in view that an arrival is of; undefined where that isn't known. */
  sourceOf(entry: Entry): Source | undefined;
  /** Counts what came to be known of more than the recent past: what was said of old messages may be otherwise now. */
  revision(): number;
  /** Whether more may come to be known of a message or a write of a call in view. */
  isOpen(entry: Entry): boolean;
  /** Documents of seats of which a message may have been lost that only a sign of life can tell, by a time (epoch ms). */
  silent(now: number): readonly string[];
};

/** How far a call was read, and who its page is by then. */
type Reading = { next: number; taken: number; self: string | undefined };

/**
 * Follows what all calls of a log sent and received, and pairs it. Reads each event once, call by call, so that a page
 * that comes into view late brings its history with it.
 */
export function createDeliveries(log: DeliveryLog): Deliveries {
  let pairing: Pairing<SentMessage, ArrivedMessage>;
  let readings = new Map<string, Reading>();
  let sent = new WeakMap<Entry, SentMessage>();
  let arrived = new WeakMap<Entry, ArrivedMessage>();
  /** Which call a session id is of. */
  let callOfPerson = new Map<string, string>();
  /** Which room a session id is of: a page may have calls in several. */
  let roomOfPerson = new Map<string, string | undefined>();
  /** The last message or write of each call that others may not have received yet, by its time. */
  let awaited = new Map<string, number>();
  /** The latest time of which anything is known, in epoch ms: an event, or an answer of a page. */
  let latest = 0;
  let revision = 0;

  /** Documents by the session ids that their calls have had, where their clocks were set; and what that was read from. */
  let recorded = new Map<string, string>();
  let recordedFrom = "";

  function startOver(): void {
    pairing = createPairing(
      PATIENCE_MS,
      (from, by) =>
        recorded.size === 0
          ? 0
          : compareClocks(log.documents, recorded.get(from) ?? "", recorded.get(by) ?? "").errorMs,
      (from, by) => roomOfPerson.get(from) !== roomOfPerson.get(by),
    );
    readings = new Map();
    sent = new WeakMap();
    arrived = new WeakMap();
    callOfPerson = new Map();
    roomOfPerson = new Map();
    awaited = new Map();
  }

  startOver();

  /** Recordings came or went: times were compared as if they were not there. */
  function reviewRecordings(): void {
    const now = [...log.documents.values()].filter(({ seat }) => seat?.origin.kind === "recording");
    const mark = now.map(({ documentId, taken }) => `${documentId} ${taken}`).join();
    if (mark === recordedFrom) return;
    recordedFrom = mark;
    recorded = new Map();
    for (const { documentId, callIds } of now)
      for (const callId of callIds)
        for (const { participant } of log.calls.get(callId)?.history.people.people.values() ?? [])
          if (participant.local) recorded.set(participant.session_id, documentId);
    startOver();
  }

  function hasEnds(): boolean {
    const inRoom = new Map<string, CallState[]>();
    for (const call of log.calls.values()) {
      if (call.room === undefined) continue;
      const others = inRoom.get(call.room);
      if (others?.some((other) => isSameSession(call, other))) return true;
      if (others) others.push(call);
      else inRoom.set(call.room, [call]);
    }
    return false;
  }
  /** As it was when events were last taken in. */
  let isPaired = false;

  const documentOf = ({ documentId }: Entry) => log.documents.get(documentId);

  function readingOf(callId: string, entries: readonly Entry[]): Reading {
    let reading = readings.get(callId);
    if (!reading) {
      const next = entries[0]?.index ?? 0;
      readings.set(callId, (reading = { next, taken: 0, self: undefined }));
    }
    return reading;
  }

  /** Events of the page are missing before this one: what it received then is not known. */
  function passGaps(entry: Entry, { self }: Reading): void {
    const { callId, at } = entry.event;
    const { gaps = [] } = documentOf(entry) ?? {};
    const last = lastAt.get(callId);
    if (self === undefined || last === undefined || gaps.length === 0) return;
    const gap = gaps[firstAfter(gaps, last)];
    if (gap === undefined || gap > at) return;
    pairing.disappeared(self, last, "out-of-view");
    pairing.appeared(self, at, isPart(entry));
  }
  /** When the latest event of each call was. */
  const lastAt = new Map<string, number>();

  function take(entry: Entry, reading: Reading): void {
    const { event } = entry;
    const { at } = event;
    passGaps(entry, reading);
    lastAt.set(event.callId, at);
    if (at < latest - RECENT_MS) revision++;
    latest = Math.max(latest, at);
    const joined = newSelf(event, reading.self, log.calls.get(event.callId));
    if (joined !== undefined) {
      reading.self = joined;
      callOfPerson.set(joined, event.callId);
      const { room } = log.calls.get(event.callId) ?? {};
      roomOfPerson.set(joined, "room" in event ? event.room : room);
      pairing.appeared(joined, at, isPart(entry));
    }
    const { self } = reading;
    if (self === undefined) return;
    pairing.ran(self, at);
    if (hasLeft(event)) pairing.disappeared(self, at, "left");
    const arrival = arrivedMessage(entry, self);
    if (arrival) {
      arrived.set(entry, arrival);
      pairing.arrived(arrival);
      return;
    }
    if (event.kind === "method-called" && event.outcome === "returned")
      awaited.set(event.callId, at);
    const message = sentMessage(entry, self);
    if (message) {
      sent.set(entry, message);
      pairing.sent(message);
    }
  }

  /** Of a part of a session it isn't known what else there was. */
  const isPart = (entry: Entry): boolean => (documentOf(entry)?.leftOut ?? 0) > 0;

  function receptionOf(
    recipient: string,
    verdict: Verdict<ArrivedMessage>,
    message: SentMessage,
  ): Reception {
    const callId = callOfPerson.get(recipient);
    const own =
      verdict.kind === "received"
        ? verdict.arrival
        : verdict.kind === "doubled"
          ? verdict.arrivals[0]
          : undefined;
    if (!own) return { sessionId: recipient, callId, verdict: seen(verdict, callId) };
    const clocks = compare(message.entry, own.entry);
    return {
      sessionId: recipient,
      callId,
      verdict,
      entry: own.entry,
      ...timeBetween(message.at, own.at, clocks),
      ...(pairing.isOvertaken(message, own) && { isOvertaken: true as const }),
    };
  }

  /** Of a page that is gone, nothing more is awaited. */
  function seen(
    verdict: Verdict<ArrivedMessage>,
    callId: string | undefined,
  ): Verdict<ArrivedMessage> {
    const last = log.ofCall.get(callId ?? "")?.at(-1);
    const isThere = last !== undefined && documentOf(last)?.isConnected === true;
    return verdict.kind === "waiting" && !isThere ? { kind: "not-in-view" } : verdict;
  }

  const compare = (a: Entry, b: Entry) => compareClocks(log.documents, a.documentId, b.documentId);

  function outcomeOf(entry: Entry, now: number): Outcome | undefined {
    if (!isPaired) return undefined;
    // The page whose time it is may have said nothing for a while, and others have.
    const until = Math.max(now, latest);
    const message = sent.get(entry);
    if (message)
      return outcome(
        pairing
          .deliveriesOf(message, until)
          .map(({ recipient, verdict }) => receptionOf(recipient, verdict, message)),
      );
    const receptions = spreadOf(entry, log, until, (...run) => pairing.hasRunOn(...run));
    return receptions && outcome(receptions);
  }

  return {
    hasEnds,
    startOver,

    advance(isTimeUp) {
      const hadEnds = isPaired;
      isPaired = hasEnds();
      if (isPaired !== hadEnds) revision++;
      if (!isPaired) return true;
      reviewRecordings();
      for (const [callId, entries] of log.ofCall) {
        if (callId === "") continue;
        const reading = readingOf(callId, entries);
        const next = placeOf(entries, reading.next);
        // Its oldest entries went away, and what is known of them would be kept for ever.
        if (reading.taken - next > Math.max(MOST_GONE, entries.length / 2)) {
          startOver();
          return false;
        }
        for (let at = next; at < entries.length; at++) {
          const entry = entries[at] as Entry;
          take(entry, reading);
          reading.next = entry.index + 1;
          reading.taken++;
          if (at % 64 === 0 && isTimeUp()) return false;
        }
      }
      return true;
    },

    ran(documentId, at) {
      latest = Math.max(latest, at);
      for (const callId of log.documents.get(documentId)?.callIds ?? []) {
        const self = readings.get(callId)?.self;
        if (self !== undefined) pairing.ran(self, at);
      }
    },

    outcomeOf,
    revision: () => revision,
    isOpen: (entry) =>
      isPaired &&
      entry.event.kind === "method-called" &&
      (entry.event.at > latest - RECENT_MS || outcomeOf(entry, latest)?.isOpen === true),

    sourceOf(entry) {
      const message = arrived.get(entry);
      const source = message && pairing.sourceOf(message);
      if (!source) return undefined;
      const time = timeBetween(source.at, entry.event.at, compare(source.entry, entry));
      return { entry: source.entry, latencyMs: undefined, ...time };
    },

    silent(now) {
      if (!isPaired || awaited.size === 0) return [];
      const latest = Math.max(...awaited.values());
      return [...log.documents.values()].flatMap(({ documentId, isConnected, callIds }) => {
        const hasCall = [...callIds].some((callId) => readings.get(callId)?.self !== undefined);
        const ranAt = Math.max(...[...callIds].map((callId) => lastAt.get(callId) ?? 0));
        const isOld = now - latest > ASK_AFTER_MS && now - latest < ASK_UNTIL_MS;
        return isConnected && hasCall && isOld && ranAt < now - ASK_AFTER_MS ? [documentId] : [];
      });
    },
  };
}

/** So many entries of a call that went away are still known, or half as many as there are: reading all again costs time. */
const MOST_GONE = 1_000;

/** What is older is expected to change no more, in ms; when it does, it counts as another revision. */
const RECENT_MS = 2 * PATIENCE_MS;

/** So long after a message, a page that has said nothing since is asked whether it runs; and no longer than that. In ms. */
const ASK_AFTER_MS = 1_000;
const ASK_UNTIL_MS = 15_000;

function outcome(receptions: readonly Reception[]): Outcome | undefined {
  const inView = receptions.filter(({ verdict }) => verdict.kind !== "not-in-view");
  const counted = inView.filter(({ verdict }) => verdict.kind !== "joined-later");
  const has = ({ verdict: { kind } }: Reception) =>
    kind === "received" || kind === "doubled" || kind === "held";
  const timed = counted.filter(({ latencyMs }) => latencyMs !== undefined);
  const slowest = timed.toSorted((a, b) => (b.latencyMs ?? 0) - (a.latencyMs ?? 0))[0];
  const equals = counted.flatMap(({ verdict }) => (verdict.kind === "of-equals" ? [verdict] : []));
  const sum = (key: "arrived" | "sent") => equals.reduce((all, each) => all + each[key], 0);
  return {
    receptions,
    known: counted.length,
    received: counted.filter(has).length,
    latencyMs: slowest?.latencyMs,
    ...(slowest?.uncertaintyMs !== undefined && { uncertaintyMs: slowest.uncertaintyMs }),
    equals: equals.length > 0 ? { arrived: sum("arrived"), sent: sum("sent") } : undefined,
    isOpen: receptions.some(
      ({ verdict }) =>
        verdict.kind === "waiting" || (verdict.kind === "of-equals" && verdict.isOpen),
    ),
  };
}

const hasLeft = (event: PageEvent): boolean =>
  event.kind === "daily-event" &&
  (event.name === "left-meeting" || event.name === "call-instance-destroyed");
