/** A message as its sender's page handed it to Daily. */
export type Sent = {
  /** The same for no other message. */
  readonly id: string;
  /** Epoch ms, by the clock that all seats are measured on. */
  readonly at: number;
  /** Session id of the sender. */
  readonly from: string;
  /** Session ids of the recipients; `"*"` for everyone else in the call. */
  readonly to: "*" | readonly string[];
  /** The JSON of the data, as it travels. */
  readonly content: string;
};

/** A message as a page in view got it. */
export type Arrived = {
  /** The same for no other arrival. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** Session id that the sender had, or `"API"`. */
  readonly from: string;
  /** Session id that the receiving page had then. */
  readonly by: string;
  readonly content: string;
};

/** When a session id could be seen receiving: from its join, or from when its page came into view, to its leave. */
type Presence = {
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
};

/** What is known of a message at one recipient. */
export type Verdict =
  /** It arrived; `isByOrder` where it is one of several equal messages that all arrived, told apart by their order. */
  | { readonly kind: "received"; readonly arrival: Arrived; readonly isByOrder: boolean }
  /** It arrived more than once; the first is the one that counts. */
  | { readonly kind: "doubled"; readonly arrivals: readonly Arrived[] }
  /** Of so many equal messages so many arrived: which of them cannot be known. */
  | { readonly kind: "of-equals"; readonly arrived: number; readonly sent: number }
  /** The recipient was there all the time, and it did not come. */
  | { readonly kind: "lost" }
  /** It may still arrive. */
  | { readonly kind: "waiting" }
  /** The recipient's page was not seen all the time, so nothing follows from silence. */
  | { readonly kind: "not-in-view" };

type Delivery = { readonly recipient: string; readonly verdict: Verdict };

export type Pairing = {
  sent(message: Sent): void;
  arrived(arrival: Arrived): void;
  /** A recipient came into view, or joined. */
  appeared(sessionId: string, at: number): void;
  /** It left, or its page went out of view: closed, suspended, cut off. */
  disappeared(sessionId: string, at: number): void;
  /** What became of a message, recipient by recipient, by a time (epoch ms). Empty for one that is not known. */
  deliveriesOf(id: string, now: number): readonly Delivery[];
  /** The message that an arrival is of; undefined where its sender is not in view or equal messages hide which it is. */
  sourceOf(id: string): Sent | undefined;
};

/** What has not come by then is not expected any more; what comes later still counts. */
const PATIENCE_MS = 5_000;

/** Everything of one content from one sender to one recipient. */
type Lane = {
  readonly sent: Sent[];
  readonly arrived: Arrived[];
  groups: readonly Group[] | undefined;
};

/** Equal messages that followed each other so soon that their arrivals cannot be told apart by time. */
type Group = { readonly sent: readonly Sent[]; readonly arrived: readonly Arrived[] };

/**
 * Pairs messages with their arrivals, by sender, recipient, content and order. Facts may come in any order: a page that
 * comes into view late brings its history with it.
 */
export function createPairing(patienceMs = PATIENCE_MS): Pairing {
  const messages = new Map<string, Sent>();
  const arrivals = new Map<string, Arrived>();
  const presences = new Map<string, Presence[]>();
  const lanes = new Map<string, Lane>();

  function laneOf(from: string, by: string, content: string): Lane {
    const key = `${from} ${by} ${content}`;
    let lane = lanes.get(key);
    if (!lane) lanes.set(key, (lane = { sent: [], arrived: [], groups: undefined }));
    return lane;
  }

  const isPresent = (sessionId: string, at: number): boolean =>
    (presences.get(sessionId) ?? []).some(({ from, to = Infinity }) => from <= at && at <= to);

  /** Those in view that a message was for. Someone who joins later is not among them. */
  const recipientsOf = ({ from, to, at }: Sent): readonly string[] =>
    to === "*" ? [...presences.keys()].filter((id) => id !== from && isPresent(id, at)) : to;

  /** A broadcast is for everyone there at the time, so who that was must be known before it is put into a lane. */
  const placed = new Map<string, Set<string>>();
  function place(message: Sent): readonly string[] {
    const known = placed.get(message.id) ?? new Set();
    placed.set(message.id, known);
    const recipients = recipientsOf(message);
    for (const recipient of recipients) {
      if (known.has(recipient)) continue;
      known.add(recipient);
      addInOrder(laneOf(message.from, recipient, message.content), "sent", message);
    }
    return recipients;
  }

  /** Broadcasts that were sent before a page came into view and may have been for it. */
  const broadcasts: Sent[] = [];

  function groupsOf(lane: Lane): readonly Group[] {
    return (lane.groups ??= grouped(lane, patienceMs));
  }

  function verdictOf(message: Sent, recipient: string, now: number): Verdict {
    const lane = laneOf(message.from, recipient, message.content);
    const group = groupsOf(lane).find(({ sent }) => sent.includes(message));
    if (!group) return { kind: "not-in-view" };
    const { sent, arrived } = group;
    const [first] = arrived;
    if (sent.length === 1 && arrived.length > 1) return { kind: "doubled", arrivals: arrived };
    if (sent.length === 1 && first) return { kind: "received", arrival: first, isByOrder: false };
    const place = sent.indexOf(message);
    const inOrder = arrived.every(({ at }, index) => at >= (sent[index]?.at ?? Infinity));
    const own = arrived[place];
    if (arrived.length === sent.length && inOrder && own)
      return { kind: "received", arrival: own, isByOrder: true };
    const last = sent.at(-1) ?? message;
    if (!isWatched(recipient, message.at, Math.min(now, last.at + patienceMs)))
      return arrived.length > 0 && sent.length > 1
        ? { kind: "of-equals", arrived: arrived.length, sent: sent.length }
        : { kind: "not-in-view" };
    if (now < last.at + patienceMs && arrived.length < sent.length) return { kind: "waiting" };
    if (sent.length === 1) return { kind: "lost" };
    if (arrived.length === 0) return { kind: "lost" };
    return { kind: "of-equals", arrived: arrived.length, sent: sent.length };
  }

  /** Whether a recipient was in view and in the call all the time. */
  const isWatched = (sessionId: string, from: number, to: number): boolean =>
    (presences.get(sessionId) ?? []).some(
      (each) => each.from <= from && (each.to === undefined || each.to >= to),
    );

  return {
    sent(message) {
      messages.set(message.id, message);
      if (message.to === "*") broadcasts.push(message);
      place(message);
    },
    arrived(arrival) {
      arrivals.set(arrival.id, arrival);
      addInOrder(laneOf(arrival.from, arrival.by, arrival.content), "arrived", arrival);
    },
    appeared(sessionId, at) {
      const known = presences.get(sessionId) ?? [];
      presences.set(sessionId, [...known, { from: at, to: undefined }]);
      for (const message of broadcasts) if (message.at >= at) place(message);
    },
    disappeared(sessionId, at) {
      const known = presences.get(sessionId) ?? [];
      presences.set(
        sessionId,
        known.map((each) => (each.to === undefined ? { ...each, to: at } : each)),
      );
    },
    deliveriesOf(id, now) {
      const message = messages.get(id);
      if (!message) return [];
      return place(message).map((recipient) => ({
        recipient,
        verdict: verdictOf(message, recipient, now),
      }));
    },
    sourceOf(id) {
      const arrival = arrivals.get(id);
      if (!arrival) return undefined;
      const lane = laneOf(arrival.from, arrival.by, arrival.content);
      const group = groupsOf(lane).find(({ arrived }) => arrived.includes(arrival));
      if (!group) return undefined;
      const { sent, arrived } = group;
      if (sent.length === 1) return sent[0];
      return arrived.length === sent.length ? sent[arrived.indexOf(arrival)] : undefined;
    },
  };
}

function addInOrder<K extends "sent" | "arrived">(
  lane: Lane,
  list: K,
  item: Lane[K][number],
): void {
  const items = lane[list] as { at: number }[];
  let place = items.length;
  while (place > 0 && (items[place - 1] as { at: number }).at > item.at) place--;
  items.splice(place, 0, item);
  lane.groups = undefined;
}

/** A message begins another group when so much time has passed since anything of the last one that no more is expected. */
function grouped({ sent, arrived }: Lane, patienceMs: number): Group[] {
  const groups: { sent: Sent[]; arrived: Arrived[]; lastAt: number }[] = [];
  let next = 0;
  const takeArrivals = (before: number) => {
    const group = groups.at(-1);
    for (; next < arrived.length; next++) {
      const arrival = arrived[next] as Arrived;
      if (arrival.at >= before) return;
      if (!group) continue; // Nothing in view was sent before it.
      group.arrived.push(arrival);
      group.lastAt = Math.max(group.lastAt, arrival.at);
    }
  };
  for (const message of sent) {
    takeArrivals(message.at);
    const group = groups.at(-1);
    if (group && message.at - group.lastAt <= patienceMs) {
      group.sent.push(message);
      group.lastAt = Math.max(group.lastAt, message.at);
    } else groups.push({ sent: [message], arrived: [], lastAt: message.at });
  }
  takeArrivals(Infinity);
  return groups;
}
