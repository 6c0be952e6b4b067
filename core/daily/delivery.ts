import { isolated } from "../lib/texts";
import { isPresent, type PeopleTracker, type Person } from "./people-tracker";

/** Values of `fromId` that are no one's session id, with what they stand for. */
const SPECIAL_SENDERS: Readonly<Record<string, string>> = {
  // POST /rooms/:name/send-app-message, docs.daily.co/reference/rest-api/rooms/session/send-app-message
  API: "Server (REST API)",
  // Live transcription of older versions arrives as an app message.
  transcription: "Transcription",
};

/** A name for a `fromId` that belongs to no participant, or undefined when it is not one of Daily's own. */
export function specialSender(fromId: string): string | undefined {
  return Object.hasOwn(SPECIAL_SENDERS, fromId) ? SPECIAL_SENDERS[fromId] : undefined;
}

/** How an id is written where there is no name for it. */
export function shortId(id: string): string {
  return id.length > 10 ? `${id.slice(0, 8)}…` : id;
}

/** Who a recipient of an app message turned out to be. */
export type Recipient = {
  readonly id: string;
  readonly standing: "present" | "left" | "self" | "user-id" | "nobody";
  /** The participant with this session id; for a user id, the one who has it. */
  readonly person: Person | undefined;
  /** Where they have left: who came since with the same user id or name, and is most likely them. */
  readonly backAs: Person | undefined;
};

/** Who came after someone had left, with the same user id, or else the same name. */
export function returnOf(person: Person, { people }: PeopleTracker): Person | undefined {
  const leftSeq = person.stays.at(-1)?.toSeq;
  if (leftSeq === undefined) return undefined;
  const { user_id, user_name } = person.participant;
  return [...people.values()].find(
    ({ sessionId, participant, stays }) =>
      sessionId !== person.sessionId &&
      (stays[0]?.fromSeq ?? 0) >= leftSeq &&
      (user_id !== undefined && user_id !== person.sessionId
        ? participant.user_id === user_id
        : Boolean(user_name) && participant.user_name === user_name),
  );
}

/** What can be known of the delivery of an app message: Daily gives no receipt. */
export type Delivery = {
  /** Everyone else in the call when it was sent. */
  readonly audience: readonly Person[];
  readonly isBroadcast: boolean;
  /** False for what was sent before the page's people were known: older events were dropped. */
  readonly isKnown: boolean;
  readonly recipients: readonly Recipient[];
  /** Who joined after it and so missed it: app messages are never replayed. */
  readonly joinedLater: readonly Person[];
};

/** Who could get an app message that this page sent. Recipients are matched as Daily does: by session id only. */
export function deliveryOf(
  to: string | readonly string[] | undefined,
  seq: number,
  tracker: PeopleTracker,
): Delivery {
  const others = [...tracker.people.values()].filter(({ participant }) => !participant.local);
  const isBroadcast = to === undefined || to === "*";
  const ids = isBroadcast ? [] : typeof to === "string" ? [to] : to;
  return {
    audience: others.filter((person) => isPresent(person, seq)),
    isBroadcast,
    isKnown: seq >= tracker.knownFrom(),
    recipients: ids.map((id) => recipient(id, seq, tracker)),
    // One who was not meant misses nothing.
    joinedLater: !isBroadcast
      ? []
      : others.filter(
          (person) => !isPresent(person, seq) && person.stays.some(({ fromSeq }) => fromSeq > seq),
        ),
  };
}

function recipient(id: string, seq: number, tracker: PeopleTracker): Recipient {
  const { people } = tracker;
  const person = people.get(id);
  if (id === "local" || (id === tracker.localId() && person))
    return { id, standing: "self", person, backAs: undefined };
  if (person) {
    const standing = isPresent(person, seq) ? "present" : "left";
    return { id, standing, person, backAs: returnOf(person, tracker) };
  }
  const owner = [...people.values()].find(({ participant }) => participant.user_id === id);
  return { id, standing: owner ? "user-id" : "nobody", person: owner, backAs: undefined };
}

/** What is odd about a delivery: a word for the row and a sentence; undefined when nothing is, or nothing is known. */
export function deliveryProblem(delivery: Delivery): { label: string; detail: string } | undefined {
  const { audience, isBroadcast, isKnown, recipients } = delivery;
  if (!isKnown) return undefined;
  if (isBroadcast) {
    return audience.length === 0
      ? { label: "no recipient", detail: "no one else was in the call" }
      : undefined;
  }
  if (recipients.length === 0)
    return { label: "no recipient", detail: "its list of recipients is empty" };
  const odd = recipients.filter(({ standing }) => standing !== "present");
  if (odd.length === 0) return undefined;
  const detail = odd.map(describeStanding).join("; ");
  if (odd.length < recipients.length) return { label: "some recipients missing", detail };
  return {
    label: odd.every(({ standing }) => standing === "self") ? "to itself" : "no recipient",
    detail,
  };
}

function describeStanding({ id, standing, person }: Recipient): string {
  switch (standing) {
    case "present":
      return "present";
    case "left":
      return `${isolated(person?.participant.user_name || id)} had left`;
    case "self":
      return "it is addressed to this page itself; whether Daily loops that back is not documented";
    case "user-id":
      return `a user id: the session id of ${isolated(person?.participant.user_name || "its owner")} is ${person?.sessionId ?? id}`;
    case "nobody":
      return `no one has the session id ${id}`;
  }
}

/** The source of an app message that no participant sent; undefined when a participant did. */
export function oddSender(fromId: string, seq: number, tracker: PeopleTracker): string | undefined {
  const { people } = tracker;
  if (fromId === "API")
    return "From a server, by Daily's REST API: participants() has no one with this id.";
  if (specialSender(fromId))
    return "From Daily's own transcription: participants() has no one with this id.";
  if (seq < tracker.knownFrom()) return undefined;
  const person = people.get(fromId);
  if (!person)
    return "This page knows no one with this session id: a hidden participant, or one who had left before.";
  return isPresent(person, seq) ? undefined : "The sender had left when it arrived.";
}
