import type { EventOf, PageEvent } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";
import type { Phase } from "../daily/meeting-status";
import { placeTooDeep } from "../lib/json";
import type { DataChannel } from "../daily/limits";
import { type Told, toldBy } from "../contract/told-values";
import { type ProtocolMessage, protocolMessageOf } from "../conversation/message";
import { valueOf } from "../session/change";
import type { EventView } from "../session/event-view";
import { type MessageType, NO_TYPE } from "../daily/message-type";
import type { ProtocolId } from "../protocols/protocol";

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
  /** The protocol that an app message follows, if it is one that is known. */
  readonly protocol: () => ProtocolId | undefined;
  /** The same with what it says; undefined for one that was refused, or that the panel made up. */
  readonly message: () => ProtocolMessage | undefined;
  /** The same as a word for grouping. */
  readonly type: () => string;
  /** The values of the app's types that it brings. */
  readonly told: () => readonly Told[];
};

const MAX_TYPE = 80;

type Context = Pick<RuleEvent, "phase" | "otherCalls" | "isHeardElsewhere">;

/** An event by its view, and what went on around it. */
export function ruleEvent(view: EventView, context: Context): RuleEvent {
  const { event, payload } = view;
  return {
    event,
    seq: event.seq,
    at: event.at,
    ...context,
    channel: channelOf(view),
    payload,
    call: event.kind === "method-called" ? event : undefined,
    value: once(() => readValue(payload)),
    messageType: () => view.type,
    protocol: () => view.decoded?.protocol,
    message: () => ("simulated" in event ? undefined : protocolMessageOf(view)),
    type: () => view.type?.label.slice(0, MAX_TYPE) ?? NO_TYPE,
    told: once(() => toldBy(view)),
  };
}

/** What the panel made up belongs to none, and who joins brings user data along. */
function channelOf({ event, channel, payload }: EventView): DataChannel | undefined {
  if (!payload && event.kind === "daily-event" && event.name !== "participant-updated")
    return undefined;
  if (channel === "call" || "simulated" in event) return undefined;
  if (channel !== "people") return channel;
  return event.kind === "daily-event" && event.name === "participant-joined"
    ? "user-data"
    : undefined;
}

/**
 * The value of a payload; undefined where there is none that can be read. Rules go down a value by calling themselves,
 * and a page may nest as deep as it likes.
 */
export const readValue = (payload: Payload | undefined): unknown =>
  payload && placeTooDeep(payload.json) === undefined ? valueOf(payload) : undefined;

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}
