import { budgetOf, type DataChannel } from "../../core/daily/limits";
import { NO_TYPE } from "../../core/daily/message-type";
import { versionAt } from "../../core/daily/people-tracker";
import type { MessageFact, Outcome } from "./statistics";
import type { CallHistory } from "../../core/session/call-history";
import type { CallState } from "../../core/session/call-state";
import { localPerson, type PersonLabel, personOf } from "../../core/session/people";
import { latencyOf } from "../../core/session/latency";
import type { Entry } from "../../core/session/session-log";
import { channelOf, ROOM, typeOf } from "../../core/session/traffic-row";

/** UTF-16 units; a page may call its types anything. */
const MAX_TYPE = 80;

/**
 * An entry as a fact for statistics; undefined for what is no message: people and the life of the call, a topology, a
 * message that the panel made up, and what only tells the page of its own write. Parses the payload of an app message.
 */
export function messageFact(
  entry: Entry,
  history: CallHistory | undefined,
): MessageFact | undefined {
  const { event } = entry;
  const { callId, seq, at } = event;
  const channel = dataChannel(entry);
  if (event.kind === "method-called" && channel) {
    const { payload, limit } = event;
    const isMeasured = payload.problem?.code !== "undefined";
    return {
      callId,
      seq,
      at,
      channel,
      direction: "out",
      type: channel === "app-message" ? appMessageType(entry) : `${event.method}()`,
      from: senderKey(callId, LOCAL),
      chars: payload.chars,
      isUnheard: false,
      isOverLimit: isMeasured && budgetOf(channel, payload, limit).level === "over",
    };
  }
  if (event.kind !== "daily-event" || !channel) return undefined;
  const incoming = { callId, seq, at, channel, direction: "in", isOverLimit: false } as const;
  switch (event.name) {
    case "app-message":
      if (event.simulated) return undefined;
      return {
        ...incoming,
        type: appMessageType(entry),
        from: senderKey(callId, event.fromId),
        chars: event.payload.chars,
        isUnheard: event.listeners === 0,
      };
    case "participant-updated": {
      const { local, session_id } = event.participant;
      if (local) return undefined;
      return {
        ...incoming,
        type: event.name,
        from: senderKey(callId, session_id),
        chars: event.payload?.chars ?? 0,
        isUnheard: false,
      };
    }
    case "meeting-session-state-updated":
      if (!event.payload || isOwnState(seq, history)) return undefined;
      return {
        ...incoming,
        type: event.name,
        from: senderKey(callId, THE_ROOM),
        chars: event.payload.chars,
        isUnheard: false,
      };
    default:
      return undefined;
  }
}

/** Whether a session state shows no more than what this page wrote. */
const isOwnState = (seq: number, history: CallHistory | undefined): boolean => {
  const version = versionAt(history?.session.versions ?? [], seq);
  return version?.seq === seq && version.author === "page";
};

/** What became of a message in the end; `waiting` as long as that may still show, undefined when nothing will. */
export function outcomeOf(
  entry: Entry,
  history: CallHistory | undefined,
): Outcome | "waiting" | undefined {
  const { event } = entry;
  if (event.kind !== "method-called") return undefined;
  if (event.outcome === "threw") return { kind: "refused" };
  const write = history?.session.writes.get(event.seq);
  const set = history?.userData.writes.get(event.seq);
  const ms = Math.max(0, latencyOf(entry, history)?.ms ?? 0);
  switch ((write ?? set)?.fate.kind) {
    case "queued":
    case "pending":
      return "waiting";
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

/** In place of a session id: the page's own participant, who may have several in the course of a call. */
const LOCAL = "local";
/** Session states come from the room: Daily does not say who wrote them. */
const THE_ROOM = "room";

const senderKey = (callId: string, id: string): string => `${callId} ${id}`;

export const isRoom = (from: string): boolean => from.endsWith(` ${THE_ROOM}`);

/** Who the `from` of a fact is, by the name that the call knows now. */
export function senderOf(
  from: string,
  callOf: (callId: string) => CallState | undefined,
): PersonLabel {
  const at = from.lastIndexOf(" ");
  const [call, id] = [callOf(from.slice(0, at)), from.slice(at + 1)];
  if (id === THE_ROOM) return ROOM;
  return id === LOCAL ? localPerson(call) : personOf(call, id);
}

function dataChannel(entry: Entry): DataChannel | undefined {
  const channel = channelOf(entry);
  return channel === "people" || channel === "call" ? undefined : channel;
}

function appMessageType({ event }: Entry): string {
  const type = typeOf("payload" in event ? event.payload : undefined);
  return type?.label.slice(0, MAX_TYPE) ?? NO_TYPE;
}
