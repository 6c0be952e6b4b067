import type { ParticipantWithData } from "../../../extension/protocol/event";
import type { Payload } from "../../../extension/protocol/payload";
import type { DataChannel } from "../../daily/limits";
import { readValue, type RuleEvent } from "../rule-event";

/** Data that others can read, and whose it is. */
export type Piece = {
  readonly channel: DataChannel;
  readonly payload: Payload;
  readonly value: () => unknown;
  /** The session id of who put it there, `LOCAL` for this page; undefined where Daily does not say. */
  readonly author: string | undefined;
};

export const LOCAL = "local";

/** All data of an event that the room can read: also what was there already when the page came. */
export function piecesOf(seen: RuleEvent): Piece[] {
  const { event, channel, payload, value } = seen;
  if (event.kind === "call-snapshot")
    return [
      ...event.participants.flatMap(userDataOf),
      ...(event.payload ? [piece("session-data", event.payload, undefined)] : []),
    ];
  if (event.kind === "daily-event" && event.name === "joined-meeting")
    return event.participants.flatMap(userDataOf);
  return channel && payload ? [{ channel, payload, value, author: authorOf(seen) }] : [];
}

function authorOf({ event, call }: RuleEvent): string | undefined {
  if (call) return LOCAL;
  if ("fromId" in event) return event.fromId;
  return "participant" in event ? idOf(event) : undefined;
}

const userDataOf = (someone: ParticipantWithData): Piece[] =>
  someone.payload ? [piece("user-data", someone.payload, idOf(someone))] : [];

const idOf = ({ participant }: ParticipantWithData): string =>
  participant.local ? LOCAL : participant.session_id;

const piece = (channel: DataChannel, payload: Payload, author: string | undefined): Piece => ({
  channel,
  payload,
  value: () => readValue(payload),
  author,
});
