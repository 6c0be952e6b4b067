import { firstFrom } from "../lib/time-list";
import { type Lane, groupAt, insert, insertByTime, newLane, placeByTime } from "./lanes";

/** A message as its sender's page handed it to Daily. The object stands for the message. */
export type Sent = {
  /** Epoch ms, by the clock that all seats are measured on. */
  readonly at: number;
  /** Session id of the sender. */
  readonly from: string;
  /** Session ids of the recipients; `"*"` for everyone else in the call. */
  readonly to: "*" | readonly string[];
  /** The JSON of the data, as it travels. */
  readonly content: string;
};

/** A message as a page in view got it. The object stands for the arrival. */
export type Arrived = {
  /** Epoch ms. */
  readonly at: number;
  /** Session id that the sender had, or `"API"`. */
  readonly from: string;
  /** Session id that the receiving page had then. */
  readonly by: string;
  readonly content: string;
};

/** What is known of a message at one recipient. */
export type Verdict<A extends Arrived = Arrived> =
  | { readonly kind: "received"; readonly arrival: A }
  /** It arrived more than once; the first is the one that counts. */
  | { readonly kind: "doubled"; readonly arrivals: readonly A[] }
  /** Of so many equal messages so many arrived: which of them can't be known. `isOpen`: more may still come. */
  | {
      readonly kind: "of-equals";
      readonly arrived: number;
      readonly sent: number;
      readonly isOpen: boolean;
      /** When the first of them was sent, in epoch ms, and how many of the arrivals can only be its own. */
      readonly first: { readonly at: number; readonly arrived: number };
    }
  /** The recipient was in the call and in view all the time, its page ran, and the message didn't come. */
  | { readonly kind: "lost" }
  /** It may still arrive. */
  | { readonly kind: "waiting" }
  /** The recipient left before it could be called lost. */
  | { readonly kind: "left" }
  /** The recipient joined after it was sent. */
  | { readonly kind: "joined-later" }
  /** The recipient's page was not seen all the time, so nothing follows from silence. */
  | { readonly kind: "not-in-view" };

type Delivery<A extends Arrived = Arrived> = {
  readonly recipient: string;
  readonly verdict: Verdict<A>;
};

export type Pairing<S extends Sent, A extends Arrived> = {
  sent(message: S): void;
  arrived(arrival: A): void;
  /**
   * A page came into view with this session id, in the call, or joined it. `isPart`: not all that it got is seen, so
   * nothing follows from silence.
   */
  appeared(sessionId: string, at: number, isPart?: boolean): void;
  /** It left the call, or what it got from then on is not known: its page was closed or events of it are missing. */
  disappeared(sessionId: string, at: number, how: "left" | "out-of-view"): void;
  /** The page with this session id ran at that time. Silence proves a loss only where a page runs. */
  ran(sessionId: string, at: number): void;
  /** Whether it ran after a moment for long enough to have got what waited for it, and after another (epoch ms). */
  hasRunOn(sessionId: string, at: number, until: number): boolean;
  /** What became of a message, recipient by recipient, by a time (epoch ms): of those in view and those it names. */
  deliveriesOf(message: S, now: number): readonly Delivery<A>[];
  /** The message that an arrival is of; undefined where its sender is not in view or equal messages hide which it is. */
  sourceOf(arrival: A): S | undefined;
  /** Whether a message that its sender sent later arrived earlier at the same recipient. */
  isOvertaken(message: S, arrival: A): boolean;
};

/** What has not come by then is not expected any more; what comes later still counts. */
export const PATIENCE_MS = 5_000;

/** Clocks of two pages of one browser may differ by this much: an arrival may seem to come before its message. */
const SKEW_MS = 20;

/** How far clocks may be apart of which nothing is known: more than any are. Finite, so that order within one stays. */
export const UNKNOWN_ERROR_MS = 1e13;

/** Signs that a page runs are kept this far apart. */
const SIGNS_MS = 500;

/** When a session id could be seen receiving: from its join, or from when its page came into view, to its leave. */
type Presence = {
  readonly from: number;
  to: number;
  end: "left" | "out-of-view" | undefined;
  readonly isPart: boolean;
};

type Receiver<S, A> = {
  readonly presences: Presence[];
  /** When the page is known to have run, ascending. */
  readonly signs: number[];
  /** By sender and content. */
  readonly lanes: Map<string, Map<string, Lane<S, A>>>;
  /** What each sender sent to it, by time. */
  readonly sentBy: Map<string, S[]>;
};

/**
 * Pairs messages with their arrivals, by sender, recipient, content and order. Facts may come in any order: a page that
 * comes into view late brings its history with it. Of equal messages it claims no more than every explanation of the
 * arrivals has in common, even if messages can be lost and doubled.
 *
 * `errorBetween` says by how much a time of a receiver may be off from one of a sender, in milliseconds and by their
 * session ids, beyond what two pages of one browser are: `UNKNOWN_ERROR_MS` where their clocks can't be compared.
 * `isApart` says whether two session ids are of different rooms, so that a broadcast of one isn't for the other.
 */
export function createPairing<S extends Sent, A extends Arrived>(
  patienceMs = PATIENCE_MS,
  errorBetween: (from: string, by: string) => number = () => 0,
  isApart: (from: string, by: string) => boolean = () => false,
): Pairing<S, A> {
  const receivers = new Map<string, Receiver<S, A>>();
  /** By sender, for pages that come into view later and may have been there. */
  const broadcasts = new Map<string, S[]>();
  /** Recipients of each message that its lanes are made for. */
  const placed = new Map<S, string[]>();

  function receiverOf(sessionId: string): Receiver<S, A> {
    let receiver = receivers.get(sessionId);
    if (!receiver) {
      receiver = { presences: [], signs: [], lanes: new Map(), sentBy: new Map() };
      receivers.set(sessionId, receiver);
    }
    return receiver;
  }

  function laneOf(receiver: Receiver<S, A>, from: string, content: string): Lane<S, A> {
    let lanes = receiver.lanes.get(from);
    if (!lanes) receiver.lanes.set(from, (lanes = new Map<string, Lane<S, A>>()));
    let lane = lanes.get(content);
    if (!lane) lanes.set(content, (lane = newLane()));
    return lane;
  }

  /** Whether someone was there when a broadcast was sent, or joined so soon after it that it may have reached them. */
  const mayGet = ({ presences }: Receiver<S, A>, at: number, errorMs: number): boolean =>
    presences.some(({ from, to }) => from <= at + patienceMs + errorMs && at <= to + errorMs);

  function place(message: S, recipient: string): void {
    const known = placed.get(message);
    if (known?.includes(recipient)) return;
    if (known) known.push(recipient);
    else placed.set(message, [recipient]);
    const receiver = receiverOf(recipient);
    const lane = laneOf(receiver, message.from, message.content);
    insert(lane, { at: message.at, sent: message }, patienceBetween(message.from, recipient));
    const sentBy = receiver.sentBy.get(message.from);
    if (sentBy) insertByTime(sentBy, message);
    else receiver.sentBy.set(message.from, [message]);
  }

  /** How far apart equal messages must be, by the clocks, for their arrivals to be told apart. */
  const patienceBetween = (from: string, by: string): number =>
    patienceMs + 2 * errorBetween(from, by);
  /** The time of an arrival as the order of a lane has it: not before its message was sent. */
  const latestOf = ({ at, from, by }: A): number => at + SKEW_MS + errorBetween(from, by);

  const groupOf = (lane: Lane<S, A>, at: number, from: string, by: string) =>
    groupAt(lane, at, patienceBetween(from, by));

  function verdictOf(message: S, recipient: string, now: number): Verdict<A> {
    const receiver = receiverOf(recipient);
    const lane = laneOf(receiver, message.from, message.content);
    const { sent, arrived } = groupOf(lane, message.at, message.from, recipient) ?? {
      sent: [message],
      arrived: [],
    };
    // Only the first of equal messages can have arrivals of its own for certain: those before the next was sent.
    const [, second] = sent;
    const own = sent[0] === message ? arrivedBefore(arrived, second?.at, latestOf) : [];
    const [first] = own;
    if (own.length > 1) return { kind: "doubled", arrivals: own };
    if (first) return { kind: "received", arrival: first };
    const latest = arrived.at(-1);
    // An arrival after it may be its own, or another one's.
    const errorMs = errorBetween(message.from, recipient);
    if (latest && latestOf(latest) >= message.at) {
      const last = sent.at(-1) as S;
      const isOpen =
        arrived.length < sent.length && silence(receiver, last.at, now, errorMs).kind === "waiting";
      const counts = { arrived: arrived.length, sent: sent.length };
      return { kind: "of-equals", ...counts, isOpen, first: firstOf(sent, arrived, latestOf) };
    }
    return silence(receiver, message.at, now, errorMs);
  }

  /** What it means that nothing has come since a message was sent. */
  function silence(
    { presences, signs }: Receiver<S, A>,
    at: number,
    now: number,
    errorMs: number,
  ): Verdict<A> {
    const presence = presences.findLast(
      ({ from, to }) => from + errorMs <= at && at <= to - errorMs,
    );
    if (!presence) {
      const next = presences.findIndex(({ from }) => from > at + errorMs && from <= now);
      const isLater = next >= 0 && presences[next - 1]?.end !== "out-of-view";
      return { kind: isLater ? "joined-later" : "not-in-view" };
    }
    if (presence.isPart) return { kind: "not-in-view" };
    // It ran again after that, and for long enough to have got what waited for it.
    const proof = proofFrom(signs, at + errorMs, patienceMs);
    if (proof !== undefined && proof <= now && proof <= presence.to) return { kind: "lost" };
    if (presence.end === "left") return { kind: "left" };
    return { kind: presence.end === undefined ? "waiting" : "not-in-view" };
  }

  function recipientsOf(message: S): readonly string[] {
    const known = placed.get(message) ?? [];
    if (message.to === "*") return known;
    return message.to;
  }

  return {
    sent(message) {
      if (message.to !== "*") {
        for (const recipient of message.to) place(message, recipient);
        return;
      }
      const known = broadcasts.get(message.from);
      if (known) insertByTime(known, message);
      else broadcasts.set(message.from, [message]);
      for (const [sessionId, receiver] of receivers)
        if (
          sessionId !== message.from &&
          !isApart(message.from, sessionId) &&
          mayGet(receiver, message.at, errorBetween(message.from, sessionId))
        )
          place(message, sessionId);
    },

    arrived(arrival) {
      const receiver = receiverOf(arrival.by);
      const lane = laneOf(receiver, arrival.from, arrival.content);
      const { from, by } = arrival;
      insert(lane, { at: latestOf(arrival), arrived: arrival }, patienceBetween(from, by));
      addSign(receiver.signs, arrival.at);
    },

    appeared(sessionId, at, isPart = false) {
      const receiver = receiverOf(sessionId);
      const last = receiver.presences.at(-1);
      if (last && last.end === undefined) return;
      receiver.presences.push({ from: at, to: Infinity, end: undefined, isPart });
      addSign(receiver.signs, at);
      for (const [from, messages] of broadcasts) {
        if (from === sessionId || isApart(from, sessionId)) continue;
        const first = placeByTime(messages, at - patienceMs - errorBetween(from, sessionId));
        for (let next = first; next < messages.length; next++)
          place(messages[next] as S, sessionId);
      }
    },

    disappeared(sessionId, at, how) {
      const presence = receiverOf(sessionId).presences.at(-1);
      if (!presence || presence.end !== undefined) return;
      presence.to = Math.max(presence.from, at);
      presence.end = how;
    },

    ran: (sessionId, at) => addSign(receiverOf(sessionId).signs, at),

    hasRunOn: (sessionId, at, until) =>
      proofFrom(receivers.get(sessionId)?.signs ?? [], at, patienceMs, until) !== undefined,

    deliveriesOf(message, now) {
      return recipientsOf(message).map((recipient) => ({
        recipient,
        verdict: verdictOf(message, recipient, now),
      }));
    },

    sourceOf(arrival) {
      const lane = laneOf(receiverOf(arrival.by), arrival.from, arrival.content);
      const group = groupOf(lane, latestOf(arrival), arrival.from, arrival.by);
      if (!group) return undefined;
      const [first, second] = group.sent;
      return arrivedBefore(group.arrived, second?.at, latestOf).includes(arrival)
        ? first
        : undefined;
    },

    isOvertaken(message, arrival) {
      const { from, at } = message;
      const sentBy = receiverOf(arrival.by).sentBy.get(from) ?? [];
      for (let next = placeByTime(sentBy, at); next < sentBy.length; next++) {
        const later = sentBy[next] as S;
        if (later.at <= at) continue;
        if (later.at >= arrival.at + SKEW_MS) return false;
        const verdict = verdictOf(later, arrival.by, Infinity);
        const first =
          verdict.kind === "received"
            ? verdict.arrival
            : verdict.kind === "doubled"
              ? verdict.arrivals[0]
              : undefined;
        if (first && first.at < arrival.at) return true;
      }
      return false;
    },
  };
}

/** The first of equal messages. Only what arrived before the second was sent can't be of another one. */
function firstOf<A extends Arrived>(
  [first, second]: readonly Sent[],
  arrived: readonly A[],
  latestOf: (arrival: A) => number,
): { readonly at: number; readonly arrived: number } {
  const next = second?.at ?? Infinity;
  const other = arrived.findIndex((arrival) => latestOf(arrival) >= next);
  return { at: first?.at ?? 0, arrived: other < 0 ? arrived.length : other };
}

/** Those of ascending arrivals that came before a moment, as clocks can tell; all where there is none. */
function arrivedBefore<A extends Arrived>(
  arrivals: readonly A[],
  at: number | undefined,
  latestOf: (arrival: A) => number,
): readonly A[] {
  if (at === undefined) return arrivals;
  const end = arrivals.findIndex((arrival) => latestOf(arrival) >= at);
  return end < 0 ? arrivals : arrivals.slice(0, end);
}

/** When a page ran so long after it first did from a moment on: one that stood still takes in then what waited for it. */
function proofFrom(
  signs: readonly number[],
  at: number,
  patienceMs: number,
  until = at,
): number | undefined {
  const awake = signs[firstFrom(signs, at)];
  if (awake === undefined) return undefined;
  return signs[firstFrom(signs, Math.max(awake + patienceMs, until))];
}

function addSign(signs: number[], at: number): void {
  const last = signs.at(-1) ?? -Infinity;
  if (at >= last + SIGNS_MS) signs.push(at);
  else if (at < last) {
    const place = firstFrom(signs, at);
    if (
      (signs[place] as number) - at >= SIGNS_MS &&
      at - (signs[place - 1] ?? -Infinity) >= SIGNS_MS
    )
      signs.splice(place, 0, at);
  }
}
