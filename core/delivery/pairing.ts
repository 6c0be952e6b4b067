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

export type Delivery<A extends Arrived = Arrived> = {
  readonly recipient: string;
  readonly verdict: Verdict<A>;
};

export type Pairing<S extends Sent, A extends Arrived> = {
  sent(message: S): void;
  arrived(arrival: A): void;
  /** A page came into view with this session id, in the call, or joined it. */
  appeared(sessionId: string, at: number): void;
  /** It left the call, or what it got from then on is not known: its page was closed or events of it are missing. */
  disappeared(sessionId: string, at: number, how: "left" | "out-of-view"): void;
  /** The page with this session id ran at that time. Silence proves a loss only where a page runs. */
  ran(sessionId: string, at: number): void;
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

/** Signs that a page runs are kept this far apart. */
const SIGNS_MS = 500;

/** When a session id could be seen receiving: from its join, or from when its page came into view, to its leave. */
type Presence = {
  readonly from: number;
  to: number;
  end: "left" | "out-of-view" | undefined;
};

type Item<S, A> =
  | { readonly at: number; readonly sent: S; readonly arrived?: undefined }
  | { readonly at: number; readonly sent?: undefined; readonly arrived: A };

/** Equal messages that followed each other so soon that their arrivals can't be told apart by time. */
type Group<S, A> = { readonly from: number; to: number; readonly sent: S[]; readonly arrived: A[] };

/** Everything of one content from one sender to one recipient, by time. */
type Lane<S, A> = { readonly items: Item<S, A>[]; groups: Group<S, A>[] | undefined };

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
 */
export function createPairing<S extends Sent, A extends Arrived>(
  patienceMs = PATIENCE_MS,
): Pairing<S, A> {
  const receivers = new Map<string, Receiver<S, A>>();
  /** For pages that come into view later and may have been there. */
  const broadcasts: S[] = [];
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
    if (!lane) lanes.set(content, (lane = { items: [], groups: undefined }));
    return lane;
  }

  /** Whether someone was there when a broadcast was sent, or joined so soon after it that it may have reached them. */
  const mayGet = ({ presences }: Receiver<S, A>, at: number): boolean =>
    presences.some(({ from, to }) => from <= at + patienceMs && at <= to);

  function place(message: S, recipient: string): void {
    const known = placed.get(message);
    if (known?.includes(recipient)) return;
    if (known) known.push(recipient);
    else placed.set(message, [recipient]);
    const receiver = receiverOf(recipient);
    const lane = laneOf(receiver, message.from, message.content);
    insert(lane, { at: message.at, sent: message }, patienceMs);
    const sentBy = receiver.sentBy.get(message.from);
    if (sentBy) insertByTime(sentBy, message);
    else receiver.sentBy.set(message.from, [message]);
  }

  function groupOf(lane: Lane<S, A>, at: number): Group<S, A> | undefined {
    lane.groups ??= grouped(lane.items, patienceMs);
    const { groups } = lane;
    let [low, high] = [0, groups.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((groups[middle] as Group<S, A>).from <= at) low = middle + 1;
      else high = middle;
    }
    return groups[low - 1];
  }

  function verdictOf(message: S, recipient: string, now: number): Verdict<A> {
    const receiver = receiverOf(recipient);
    const lane = laneOf(receiver, message.from, message.content);
    const { sent, arrived } = groupOf(lane, message.at) ?? { sent: [message], arrived: [] };
    // Only the first of equal messages can have arrivals of its own for certain: those before the next was sent.
    const [, second] = sent;
    const own = sent[0] === message ? arrivedBefore(arrived, second?.at ?? Infinity) : [];
    const [first] = own;
    if (own.length > 1) return { kind: "doubled", arrivals: own };
    if (first) return { kind: "received", arrival: first };
    const latest = arrived.at(-1);
    // An arrival after it may be its own, or another one's.
    if (latest && latest.at + SKEW_MS >= message.at) {
      const isOpen = arrived.length < sent.length && isAwaited(receiver, sent.at(-1) as S, now);
      return { kind: "of-equals", arrived: arrived.length, sent: sent.length, isOpen };
    }
    return silence(receiver, message.at, now);
  }

  const isAwaited = (receiver: Receiver<S, A>, { at }: S, now: number): boolean =>
    silence(receiver, at, now).kind === "waiting";

  /** What it means that nothing has come since a message was sent. */
  function silence({ presences, signs }: Receiver<S, A>, at: number, now: number): Verdict<A> {
    const presence = presences.findLast(({ from, to }) => from <= at && at <= to);
    if (!presence) {
      const isLater = presences.some(({ from }) => from > at && from <= now);
      return { kind: isLater ? "joined-later" : "not-in-view" };
    }
    // It ran again after that, and for long enough to have got what waited for it.
    const awake = firstFrom(signs, at);
    const proof = awake === undefined ? undefined : firstFrom(signs, awake + patienceMs);
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
      insertByTime(broadcasts, message);
      for (const [sessionId, receiver] of receivers)
        if (sessionId !== message.from && mayGet(receiver, message.at)) place(message, sessionId);
    },

    arrived(arrival) {
      const receiver = receiverOf(arrival.by);
      const lane = laneOf(receiver, arrival.from, arrival.content);
      insert(lane, { at: arrival.at + SKEW_MS, arrived: arrival }, patienceMs);
      addSign(receiver.signs, arrival.at);
    },

    appeared(sessionId, at) {
      const receiver = receiverOf(sessionId);
      const last = receiver.presences.at(-1);
      if (last && last.end === undefined) return;
      receiver.presences.push({ from: at, to: Infinity, end: undefined });
      addSign(receiver.signs, at);
      let next = placeByTime(broadcasts, at - patienceMs);
      for (; next < broadcasts.length; next++) {
        const message = broadcasts[next] as S;
        if (message.from !== sessionId) place(message, sessionId);
      }
    },

    disappeared(sessionId, at, how) {
      const presence = receiverOf(sessionId).presences.at(-1);
      if (!presence || presence.end !== undefined) return;
      presence.to = Math.max(presence.from, at);
      presence.end = how;
    },

    ran: (sessionId, at) => addSign(receiverOf(sessionId).signs, at),

    deliveriesOf(message, now) {
      return recipientsOf(message).map((recipient) => ({
        recipient,
        verdict: verdictOf(message, recipient, now),
      }));
    },

    sourceOf(arrival) {
      const lane = laneOf(receiverOf(arrival.by), arrival.from, arrival.content);
      const group = groupOf(lane, arrival.at + SKEW_MS);
      if (!group) return undefined;
      const [first, second] = group.sent;
      const isOfFirst = !second || arrival.at + SKEW_MS < second.at;
      // Looked for last: where many are equal, those of the first are at the beginning.
      return isOfFirst && group.arrived.includes(arrival) ? first : undefined;
    },

    isOvertaken(message, arrival) {
      const { from, at } = message;
      const sentBy = receiverOf(arrival.by).sentBy.get(from) ?? [];
      for (let next = placeByTime(sentBy, at); next < sentBy.length; next++) {
        const later = sentBy[next] as S;
        if (later.at <= at) continue;
        if (later.at >= arrival.at) return false;
        const verdict = verdictOf(later, arrival.by, Infinity);
        if (verdict.kind === "received" && verdict.arrival.at < arrival.at) return true;
      }
      return false;
    },
  };
}

/** Those of ascending arrivals that came before a moment, as clocks can tell. */
function arrivedBefore<A extends Arrived>(arrivals: readonly A[], at: number): readonly A[] {
  const last = arrivals.at(-1);
  if (!last || last.at + SKEW_MS < at) return arrivals;
  return arrivals.filter((arrival) => arrival.at + SKEW_MS < at);
}

function addSign(signs: number[], at: number): void {
  const last = signs.at(-1) ?? -Infinity;
  if (at >= last + SIGNS_MS) signs.push(at);
  else if (at < last) {
    const place = placeOfTime(signs, at);
    if (
      (signs[place] as number) - at >= SIGNS_MS &&
      at - (signs[place - 1] ?? -Infinity) >= SIGNS_MS
    )
      signs.splice(place, 0, at);
  }
}

/** The first of ascending times from a moment on. */
const firstFrom = (times: readonly number[], at: number): number | undefined =>
  times[placeOfTime(times, at)];

function placeOfTime(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Timed = { readonly at: number };

/** The first place of an ascending list whose item is not before a moment. */
function placeByTime(list: readonly Timed[], at: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Timed).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts an item behind those that are not later. */
function insertByTime<T extends Timed>(list: T[], item: T): number {
  let place = list.length;
  if (place > 0 && (list[place - 1] as T).at > item.at) {
    place = placeByTime(list, item.at);
    while (place < list.length && (list[place] as T).at === item.at) place++;
    list.splice(place, 0, item);
  } else list.push(item);
  return place;
}

function insert<S, A>(lane: Lane<S, A>, item: Item<S, A>, patienceMs: number): void {
  const place = insertByTime(lane.items, item);
  if (!lane.groups) return;
  if (place === lane.items.length - 1) extend(lane.groups, item, patienceMs);
  else lane.groups = undefined;
}

function grouped<S, A>(items: readonly Item<S, A>[], patienceMs: number): Group<S, A>[] {
  const groups: Group<S, A>[] = [];
  for (const item of items) extend(groups, item, patienceMs);
  return groups;
}

/** A message begins another group when so much time has passed since the last one that no more of that is expected. */
function extend<S, A>(groups: Group<S, A>[], item: Item<S, A>, patienceMs: number): void {
  const { at } = item;
  const group = groups.at(-1);
  if (item.sent !== undefined) {
    if (group && at - group.to <= patienceMs) {
      group.sent.push(item.sent);
      group.to = at;
    } else groups.push({ from: at, to: at, sent: [item.sent], arrived: [] });
  } else if (item.arrived !== undefined && group) {
    group.arrived.push(item.arrived);
    group.to = Math.max(group.to, at);
  }
  // What arrived before anything in view was sent is of something that isn't.
}
