import type { EventOf, PageEvent } from "../../extension/protocol/event";
import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { placeTooDeep } from "../lib/json-depth";
import type { DataChannel } from "../daily/limits";
import { type MessageType, messageType, NO_TYPE } from "../daily/message-type";

export type Phase = "new" | "joining" | "joined" | "left";

/** An event as rules look at it. What is costly is found out once, when the first of them asks. */
export type RuleEvent = {
  readonly event: PageEvent;
  readonly seq: number;
  readonly at: number;
  /** Where the call stood right before it. */
  readonly phase: Phase;
  /** How many other calls of the same document are in the same room at that moment. */
  readonly otherCalls: number;
  /** Whether another of them listens to the app messages of the same room, as far as is known when it is asked. */
  readonly isHeardElsewhere: () => boolean;
  /** The data channel that it belongs to. */
  readonly channel: DataChannel | undefined;
  readonly payload: Payload | undefined;
  /** A call that this page made of one of the three methods. */
  readonly call: EventOf<"method-called"> | undefined;
  /** Its data; undefined where there is none that can be read. */
  readonly value: () => unknown;
  /** What an app message says that it is about. */
  readonly messageType: () => MessageType | undefined;
  /** The same as a word for grouping. */
  readonly type: () => string;
};

const MAX_TYPE = 80;

type Context = Pick<RuleEvent, "phase" | "otherCalls" | "isHeardElsewhere">;

export function ruleEvent(event: PageEvent, context: Context): RuleEvent {
  const { seq, at } = event;
  const payload = "payload" in event ? event.payload : undefined;
  const value = once(() => readValue(payload));
  const type = once(() => messageType(value()));
  return {
    event,
    seq,
    at,
    ...context,
    channel: channelOf(event),
    payload,
    call: event.kind === "method-called" ? event : undefined,
    value,
    messageType: type,
    type: once(() => type()?.label.slice(0, MAX_TYPE) ?? NO_TYPE),
  };
}

const CHANNELS = {
  sendAppMessage: "app-message",
  setUserData: "user-data",
  setMeetingSessionData: "session-data",
} as const;

function channelOf(event: PageEvent): DataChannel | undefined {
  if (event.kind === "method-called") return CHANNELS[event.method];
  if (event.kind !== "daily-event") return undefined;
  switch (event.name) {
    case "app-message":
      return event.simulated ? undefined : "app-message";
    case "meeting-session-state-updated":
      return event.payload && "session-data";
    case "participant-joined":
      return event.payload && "user-data";
    case "participant-updated":
      return event.changed.includes("userData") ? "user-data" : undefined;
    default:
      return undefined;
  }
}

/** The value of a payload; undefined where there is none that can be read. */
export function readValue(payload: Payload | undefined): unknown {
  if (!payload || placeTooDeep(payload.json) !== undefined) return undefined;
  const parsed = parsePayload(payload);
  return parsed.ok ? parsed.value : undefined;
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}
