import type { Payload } from "../../extension/protocol/payload";
import { type TypeKey, typeTextsOf } from "./contract";
import { budgetOf, type DataChannel } from "../daily/limits";
import { NO_TYPE } from "../daily/message-type";
import type { TypeText } from "./shape";
import type { Decoded } from "../protocols/decode";
import type { ProtocolId } from "../protocols/protocol";
import { valueOf } from "../session/change";
import type { EventView } from "../session/event-view";
import { ownIdAt } from "../session/people";

/** A value of one of the data channels, as a contract learns it. */
export type Told = {
  readonly key: TypeKey;
  readonly value: unknown;
  /** A session id, if Daily says who sent it. */
  readonly sender: string | undefined;
  /** Its size as daily-js counts it, and what its channel takes, in UTF-16 units. */
  readonly chars: number;
  readonly limit: number;
};

type Paths = readonly TypeText["path"][];

/** Where the messages of a protocol say their type. */
const TYPE_PATHS: Readonly<Record<ProtocolId, Paths>> = {
  rtvi: [["label"], ["type"]],
  tavus: [["message_type"], ["event_type"]],
  "prebuilt-chat": [["event"]],
  vapi: [["type"]],
  lemonslice: [["type"], ["event"]],
  transcription: [],
};

/** RTVI's messages of the app itself, which name their own type in `data`. */
const APP_TYPE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  "client-message": ["t"],
  "server-response": ["t"],
  "server-message": ["type", "t"],
};

/**
 * What an event tells of the app's types: the values that it brings. Not what was refused, nor what this panel made up;
 * of session data only the states of the room, for a write may hold a part of it.
 */
export function toldBy(view: EventView): readonly Told[] {
  const { event } = view;
  if (event.kind === "method-called") {
    if (event.outcome === "threw" || event.by === "panel") return [];
    const sender = ownIdAt(view.call, event.seq);
    if (event.method === "sendAppMessage") return told(messageKey(view), view, sender);
    return event.method === "setUserData" ? userData(event.payload, sender) : [];
  }
  if (event.kind !== "daily-event") return [];
  switch (event.name) {
    case "app-message":
      return event.simulated === true ? [] : told(messageKey(view), view, event.fromId);
    case "meeting-session-state-updated":
      return event.payload ? valueTold("session-data", event.payload, undefined) : [];
    case "participant-updated":
      // The page's own was told when it was set.
      return view.channel === "user-data" && !event.participant.local
        ? userData(event.payload, event.participant.session_id)
        : [];
    case "participant-joined":
      return userData(event.payload, event.participant.session_id);
    case "joined-meeting":
      return event.participants.flatMap(({ participant, payload }) =>
        userData(payload, participant.session_id),
      );
    default:
      return [];
  }
}

const userData = (payload: Payload | undefined, sender: string | undefined): readonly Told[] =>
  payload ? valueTold("user-data", payload, sender) : [];

function valueTold(
  channel: DataChannel,
  payload: Payload,
  sender: string | undefined,
): readonly Told[] {
  const value = valueOf(payload);
  if (value === undefined) return [];
  const { chars, maxChars } = budgetOf(channel, payload);
  return [{ key: { channel, label: "" }, value, sender, chars, limit: maxChars }];
}

function told(key: TypeKey, view: EventView, sender: string | undefined): readonly Told[] {
  const { budget, type, value } = view;
  if (value === undefined || !budget) return [];
  const { chars, maxChars } = budget;
  return [{ key, value: type?.inner ?? value, sender, chars, limit: maxChars }];
}

function messageKey({ decoded, type, value }: EventView): TypeKey {
  const channel = "app-message";
  if (!type) return { channel, label: NO_TYPE };
  const inner = type.inner ?? value;
  const own = decoded?.protocol === "rtvi" ? appType(decoded, inner) : undefined;
  const paths = decoded ? TYPE_PATHS[decoded.protocol] : textPaths(type.paths ?? []);
  const typeTexts = typeTextsOf(inner, typeof inner === "string" ? [[]] : paths);
  if (!own) return { channel, label: type.label, typeTexts };
  return { channel, label: `${type.label}: ${own.text}`, typeTexts: [...typeTexts, own] };
}

/** Of an array there is no place in a shape. */
const textPaths = (paths: readonly (readonly (string | number)[])[]): Paths =>
  paths.filter((path): path is readonly string[] => path.every((step) => typeof step === "string"));

function appType({ type }: Decoded, value: unknown): TypeText | undefined {
  const paths = (APP_TYPE_FIELDS[type] ?? []).map((field) => ["data", field]);
  const [found] = typeTextsOf(value, paths);
  return found;
}
