/**
 * A conversation as text, for tests. One message a line: milliseconds, who sent it (`bot` or `me`), its type and its
 * fields; `fields` without quotes are JSON.
 *
 *     0 me client-ready {"version":"2.1.0"}
 *     900 bot user-started-speaking
 */
import { toPayload } from "../../extension/protocol/payload";
import { protocolMessageOf, type ProtocolMessage } from "../conversation/message";
import { viewOf } from "../session/event-view";
import type { Entry } from "../session/session-log";

type Wrap = (type: string, fields: unknown) => unknown;

export const asRtvi: Wrap = (type, fields) => {
  const { id, ...data } = (fields ?? {}) as Record<string, unknown>;
  return {
    label: "rtvi-ai",
    type,
    ...(id !== undefined && { id }),
    ...(fields !== undefined && { data }),
  };
};

export const asVapi: Wrap = (type, fields) => JSON.stringify({ type, ...(fields as object) });

export const asTavus: Wrap = (type, fields) => {
  const { seq, turn_idx, inference_id, ...properties } = (fields ?? {}) as Record<string, unknown>;
  return {
    message_type: type.split(".")[0],
    event_type: type,
    conversation_id: "c1",
    properties,
    ...(seq !== undefined && { seq }),
    ...(turn_idx !== undefined && { turn_idx }),
    ...(inference_id !== undefined && { inference_id }),
  };
};

/** As the types are, with no other wrapping. */
export const asEvent: Wrap = (event, fields) => ({ event, ...(fields as object) });
export const asFlat: Wrap = (type, fields) => ({ type, ...(fields as object) });

/** An app message of a protocol. `at` is in ms from 0; `who` sent it, which is the page itself for `me`. */
export function protocolMessage(
  index: number,
  at: number,
  who: string,
  data: unknown,
  to = "*",
): ProtocolMessage {
  const base = { seq: index + 1, at, callId: "call-1", payload: toPayload(data) };
  const event: Entry["event"] =
    who === "me"
      ? {
          ...base,
          kind: "method-called",
          method: "sendAppMessage",
          by: "page",
          outcome: "returned",
          to,
        }
      : {
          ...base,
          kind: "daily-event",
          name: "app-message",
          fromId: who,
          listeners: 1,
          handlerMs: 0,
        };
  const message = protocolMessageOf(viewOf({ index, documentId: "page", event }, undefined));
  if (!message) throw new Error(`Not a message of a protocol: ${JSON.stringify(data)}`);
  return message;
}

/** The messages of a story. */
export const protocolStory = (wrap: Wrap, text: string): ProtocolMessage[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line, index) => {
      const [, at, who = "", type = "", json] = /^(\d+) (\S+) (\S+)(?: (.+))?$/.exec(line) ?? [];
      if (at === undefined) throw new Error(`Not a message of a story: ${line}`);
      const fields: unknown = json === undefined ? undefined : JSON.parse(json);
      return protocolMessage(index, Number(at), who, wrap(type, fields));
    });
