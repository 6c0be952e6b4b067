import type { DailyEvent } from "../../extension/protocol/event";
import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { type Budget, budgetOf, type DataChannel } from "../daily/limits";
import { messageType, type MessageType } from "../daily/message-type";
import type { CallState } from "./call-state";
import { receivedDifference } from "./change";
import { localPerson, type PersonLabel, personOf, recipientsOf } from "./people";
import type { Entry } from "./session-log";
import { summaryOf } from "./summary";

/** What the channel toggles switch: the three data channels, people, and the life of the call. */
export type RowChannel = DataChannel | "people" | "call";

export type TrafficRow = {
  readonly direction: "out" | "in" | "none";
  readonly channel: RowChannel;
  /** The method or event, as Daily names it. */
  readonly name: string;
  /** What an app message is about, where it says so. */
  readonly type: MessageType | undefined;
  readonly from: PersonLabel | undefined;
  readonly to: readonly PersonLabel[];
  readonly summary: string;
  readonly payload: Payload | undefined;
  /** How much of its channel's limit the payload uses; undefined outside of the data channels. */
  readonly budget: (Budget & { readonly channel: DataChannel }) | undefined;
};

const CHANNEL_OF_METHOD = {
  sendAppMessage: "app-message",
  setUserData: "user-data",
  setMeetingSessionData: "session-data",
} as const;

/** The channel whose toggle shows this entry, or undefined when it has no row of its own. */
export function channelOf({ event }: Entry): RowChannel | undefined {
  switch (event.kind) {
    case "method-called":
      return CHANNEL_OF_METHOD[event.method];
    case "daily-event":
      return channelOfEvent(event);
    case "method-settled": // Shown as the status of the call that it settles.
      return undefined;
    case "call-created":
    case "call-failed":
    case "call-snapshot":
    case "command-failed":
    case "capture-problem":
      return "call";
  }
}

function channelOfEvent(event: DailyEvent): RowChannel | undefined {
  switch (event.name) {
    case "app-message":
      return "app-message";
    case "meeting-session-state-updated":
      return "session-data";
    case "participant-updated":
      return event.changed.includes("userData") ? "user-data" : "people";
    case "participant-joined":
    case "participant-left":
      return "people";
    case "participant-counts-updated":
      // Without hidden participants it only repeats the row of whoever joined or left.
      return event.hidden > 0 ? "people" : undefined;
    default:
      return "call";
  }
}

/** An entry as a row of the Traffic table. Its status isn't part of it: that depends on the time (`statusOf`). */
export function rowOf(entry: Entry, call: CallState | undefined): TrafficRow | undefined {
  const channel = channelOf(entry);
  if (!channel) return undefined;
  const { event } = entry;
  const payload = "payload" in event ? event.payload : undefined;
  const type = channel === "app-message" ? typeOf(payload) : undefined;
  const shared = {
    channel,
    payload,
    type,
    summary: receivedDifference(entry, call?.history) ?? summaryOf(entry, type),
    budget: budget(channel, payload, entry, call),
  };
  return {
    ...shared,
    direction: directionOf(entry, channel),
    name: event.kind === "method-called" ? `${event.method}()` : nameOf(entry),
    ...peopleOf(entry, call),
  };
}

/** The type of a row to show beside its summary: keys that stand for one, and a bare word, would only be said twice. */
export function chipOf({ type, summary }: TrafficRow): string | undefined {
  return type && !type.isShape && summary !== `"${type.label}"` ? type.label : undefined;
}

/** The method or event, as Daily names it; for what is none of Daily's, the kind of our own event. */
export function nameOf({ event }: Entry): string {
  if (event.kind === "method-called") return event.method;
  return event.kind === "daily-event" ? event.name : event.kind;
}

/** Whether the page sent it or got it, if it is about one of the data channels. */
export function directionOf({ event }: Entry, channel: RowChannel): TrafficRow["direction"] {
  if (event.kind === "method-called") return "out";
  return event.kind === "daily-event" && isIncoming(channel) ? "in" : "none";
}

/** Who sent it and to whom, by the names that they had then. */
export function peopleOf(
  { event }: Entry,
  call: CallState | undefined,
): Pick<TrafficRow, "from" | "to"> {
  if (event.kind === "method-called") {
    const to = event.method === "sendAppMessage" ? recipientsOf(call, event.to, event.seq) : [];
    return { from: localPerson(call, event.seq), to };
  }
  if (event.kind !== "daily-event") return { from: undefined, to: [] };
  return {
    from: sender(event, call),
    to: event.name === "app-message" ? [localPerson(call, event.seq)] : [],
  };
}

/** What the data of an app message says that it is about. */
export function typeOf(payload: Payload | undefined): MessageType | undefined {
  if (!payload || !/^["{]/.test(payload.json)) return undefined;
  const parsed = parsePayload(payload);
  return parsed.ok ? messageType(parsed.value) : undefined;
}

/** The session state comes from the room: Daily does not say who wrote it. */
export const ROOM: PersonLabel = { label: "Room", id: "", isKnown: true };

const isIncoming = (channel: RowChannel) => channel !== "call" && channel !== "people";

function budget(
  channel: RowChannel,
  payload: Payload | undefined,
  { event }: Entry,
  call: CallState | undefined,
): TrafficRow["budget"] {
  if (
    !payload ||
    payload.problem?.code === "undefined" ||
    channel === "people" ||
    channel === "call"
  )
    return undefined;
  const own = event.kind === "method-called" ? event.limit : undefined;
  const max = channel === "app-message" ? (own ?? call?.maxAppMessageSize) : undefined;
  return { channel, ...budgetOf(channel, payload, max) };
}

function sender(event: DailyEvent, call: CallState | undefined): PersonLabel | undefined {
  if (event.name === "app-message") return personOf(call, event.fromId, event.seq);
  if (event.name === "meeting-session-state-updated") return ROOM;
  if ("participant" in event) return personOf(call, event.participant.session_id, event.seq);
  return undefined;
}
