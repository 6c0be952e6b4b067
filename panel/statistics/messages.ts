import type { DataChannel } from "../../core/daily/limits";
import { NO_TYPE } from "../../core/daily/message-type";
import { versionAt } from "../../core/daily/people-tracker";
import type { CallState } from "../../core/session/call-state";
import { type EventView, ROOM, viewOf } from "../../core/session/event-view";
import { labelsApart, localPerson, type PersonLabel, personOf } from "../../core/session/people";
import type { Entry } from "../../core/session/session-log";
import { summaryOf } from "../../core/session/summary";

/**
 * What statistics keep of a call of one of the three methods, or of one of their events: the views themselves are too
 * large to keep for a long log.
 */
export type Message = {
  readonly callId: string;
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly channel: DataChannel;
  readonly direction: "out" | "in";
  /** What it names itself, or the method or event. Types of two channels may read the same: see `typeKey`. */
  readonly type: string;
  /** Who sent it: the same text for the same sender. */
  readonly from: string;
  /** Characters (UTF-16 units) of the payload's JSON: what daily-js counts. */
  readonly chars: number;
  /** Arrived when no one listened. */
  readonly isUnheard: boolean;
  /** Larger than its channel allows: daily-js refuses it. */
  readonly isOverLimit: boolean;
};

/** A type as a pair of its channel and its name, in a text. */
export const typeKey = ({ channel, type }: Pick<Message, "channel" | "type">): string =>
  `${channel} ${type}`;

/** The pair that a key stands for. */
export function readTypeKey(key: string): Pick<Message, "channel" | "type"> {
  const at = key.indexOf(" ");
  return { channel: key.slice(0, at) as DataChannel, type: key.slice(at + 1) };
}

/** What became of a call in the end. */
export type Outcome =
  | { readonly kind: "refused" | "failed" }
  /** Session data: a state of the room had it after so many ms. */
  | { readonly kind: "synced"; readonly ms: number }
  /** User data: the promise of a value that was set in a call settled after so many ms. */
  | { readonly kind: "settled"; readonly ms: number };

/** UTF-16 units; a page may call its types anything. */
const MAX_TYPE = 80;

/**
 * An event as a message for statistics; undefined for what is none: people and the life of the call, a topology, a
 * message that the panel made up, and what only tells the page of its own write.
 */
export function messageOf(view: EventView): Message | undefined {
  const { event, channel, payload } = view;
  if (!channel || channel === "people" || channel === "call" || isOwnEcho(view)) return undefined;
  const { callId, seq, at } = event;
  const isOut = event.kind === "method-called";
  return {
    callId,
    seq,
    at,
    channel,
    direction: isOut ? "out" : "in",
    type: channel === "app-message" ? (view.type?.label.slice(0, MAX_TYPE) ?? NO_TYPE) : view.name,
    from: `${callId} ${senderIn(view)}`,
    chars: payload?.chars ?? 0,
    isUnheard: "listeners" in event && event.name === "app-message" && event.listeners === 0,
    isOverLimit: isOut && view.budget?.level === "over",
  };
}

/** Whether an event only tells the page what it did itself, or what the panel made up. */
function isOwnEcho({ event, call }: EventView): boolean {
  if (event.kind !== "daily-event") return event.kind !== "method-called";
  switch (event.name) {
    case "app-message":
      return event.simulated === true;
    case "participant-updated":
      return event.participant.local;
    case "meeting-session-state-updated": {
      const version = versionAt(call?.history.session.versions ?? [], event.seq);
      return !event.payload || (version?.seq === event.seq && version.author === "page");
    }
    default:
      return true;
  }
}

/** In place of a session id: the page's own participant, who may have several in the course of a call. */
const LOCAL = "local";
/** Session states come from the room: Daily does not say who wrote them. */
const THE_ROOM = "room";

function senderIn({ event }: EventView): string {
  if (event.kind !== "daily-event") return LOCAL;
  if (event.name === "app-message") return event.fromId;
  return event.name === "participant-updated" ? event.participant.session_id : THE_ROOM;
}

export const isRoom = (from: string): boolean => from.endsWith(` ${THE_ROOM}`);

/** Who the `from` of a message is, by the name that the call knows now. */
export function senderOf(
  from: string,
  callOf: (callId: string) => CallState | undefined,
): PersonLabel {
  const at = from.lastIndexOf(" ");
  const [call, id] = [callOf(from.slice(0, at)), from.slice(at + 1)];
  if (id === THE_ROOM) return ROOM;
  return id === LOCAL ? localPerson(call) : personOf(call, id);
}

/** What became of a message in the end; undefined as long as that may still show, and when nothing will. */
export function outcomeOf({ event, call, latency }: EventView): Outcome | undefined {
  if (event.kind !== "method-called") return undefined;
  if (event.outcome === "threw") return { kind: "refused" };
  const write = call?.history.session.writes.get(event.seq);
  const set = call?.history.userData.writes.get(event.seq);
  const ms = Math.max(0, latency?.ms ?? 0);
  switch ((write ?? set)?.fate.kind) {
    case "refused":
      return { kind: "refused" };
    case "failed":
      return { kind: "failed" };
    case "set":
    case "silent":
      return { kind: "settled", ms };
    default:
      // What is only stored for the next join settles at once, which says nothing of Daily.
      return write?.window?.confirmedAt === undefined ? undefined : { kind: "synced", ms };
  }
}

export type Senders = {
  /** Who a sender is, so that no two of them look the same. */
  readonly labelOf: (from: string) => string;
  /** What a filter finds this sender by, and as far as possible no other. */
  readonly wordFor: (from: string) => string;
};

/** Names of senders who are shown together, as the calls know them now. */
export function nameSenders(
  all: Iterable<string>,
  callOf: (callId: string) => CallState | undefined,
): Senders {
  const keys = [...all];
  const labels = labelsApart(keys.map((from) => senderOf(from, callOf)));
  const labelByKey = new Map(keys.map((from, place) => [from, labels[place] as string]));
  const labelOf = (from: string) => labelByKey.get(from) ?? senderOf(from, callOf).label;
  const wordFor = (from: string) => {
    const { name, label, id } = senderOf(from, callOf);
    return labelOf(from) === label ? name : id;
  };
  return { labelOf, wordFor };
}

export type LargeMessage = {
  readonly message: Message;
  /** Whom an app message is for, by name; empty where there is no choice. */
  readonly to: string;
  readonly summary: string;
};

/** A log as far as this asks it. */
type Log = {
  readonly find: (callId: string, seq: number) => Entry | undefined;
  readonly callOf: (callId: string) => CallState | undefined;
};

/** The largest messages with what is in them, at most `most`. */
export function largestMessages(
  largest: readonly Message[],
  { find, callOf }: Log,
  most: number,
): LargeMessage[] {
  return largest.slice(0, most).flatMap((message) => {
    const entry = find(message.callId, message.seq);
    const view = entry && viewOf(entry, callOf(message.callId));
    if (!entry || !view) return [];
    const to = view.to.map(({ label }) => label).join(", ");
    return [{ message, to, summary: summaryOf(entry, view.type) }];
  });
}
