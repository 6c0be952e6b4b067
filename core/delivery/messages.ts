import type { DailyEvent, EventOf, PageEvent } from "../../extension/protocol/event";
import type { CallState } from "../session/call-state";
import type { Entry } from "../session/session-log";
import type { Arrived, Sent } from "./pairing";

/** An app message of a call in view, and an arrival of one. */
export type SentMessage = Sent & { readonly entry: Entry };
export type ArrivedMessage = Arrived & { readonly entry: Entry };

/**
 * The session id by which a call is known from an event on, where that is news: undefined for events that change
 * nothing. `before`: the one that it had.
 */
export function newSelf(
  event: PageEvent,
  before: string | undefined,
  call: CallState | undefined,
): string | undefined {
  // The event that told may be gone.
  return ownId(event) ?? (before === undefined ? call?.history.people.localId() : undefined);
}

/** The session id that an event gives a call; undefined for events that give it none. */
function ownId(event: PageEvent): string | undefined {
  if (
    event.kind !== "call-snapshot" &&
    !(event.kind === "daily-event" && event.name === "joined-meeting")
  )
    return undefined;
  return event.participants.find(({ participant }) => participant.local)?.participant.session_id;
}

/** The message that an event handed to Daily, of a call with this session id. */
export function sentMessage(entry: Entry, self: string): SentMessage | undefined {
  const { event } = entry;
  if (!isSend(event)) return undefined;
  const to = event.to === undefined || event.to === "*" ? "*" : [event.to].flat();
  return { at: event.at, from: self, to, content: event.payload.json, entry };
}

/** The message that arrived with an event, at a call with this session id. None is made up here. */
export function arrivedMessage(entry: Entry, self: string): ArrivedMessage | undefined {
  const { event } = entry;
  if (!isArrival(event)) return undefined;
  return { at: event.at, from: event.fromId, by: self, content: event.payload.json, entry };
}

type AppMessage = Extract<DailyEvent, { name: "app-message" }>;

const isArrival = (event: PageEvent): event is AppMessage =>
  event.kind === "daily-event" && event.name === "app-message" && !event.simulated;

const isSend = (event: PageEvent): event is EventOf<"method-called"> =>
  event.kind === "method-called" &&
  event.method === "sendAppMessage" &&
  event.outcome === "returned";
