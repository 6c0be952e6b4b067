import { oddSender } from "../daily/delivery";
import { unwrapPrebuilt } from "../daily/user-data-tracker";
import type { CallState } from "./call-state";
import { valueOf } from "./change";
import type { Entry } from "./session-log";
import type { RowView } from "./event-view";
import type { DailyEvent } from "../../extension/protocol/event";
import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { contentOf, type MessageType } from "../daily/message-type";
import type { Decoded } from "../protocols/decode";
import { preview, shortText } from "../lib/texts";

/** What a reader should know about an entry that its fields do not say; undefined when there is nothing. */
export function noteOf(
  { event }: Entry,
  { type, payload, channel }: RowView,
  call: CallState,
): string | undefined {
  const { people, session } = call.history;
  if (event.kind === "daily-event" && event.name === "app-message") {
    // Of a simulated message the sender is only said to be one.
    const odd = event.simulated ? undefined : oddSender(event.fromId, event.seq, people);
    return [odd, type?.note].filter(Boolean).join(" ") || undefined;
  }
  if (event.kind === "daily-event" && event.name === "meeting-session-state-updated") {
    const version = session.versions.find(({ seq }) => seq === event.seq);
    if (!version) return undefined;
    return NOTES[version.author];
  }
  if (channel === "user-data" && unwrapPrebuilt(valueOf(payload))) {
    return "It looks as if it came through Prebuilt, which puts what the embedding page set under “c”, beside keys of its own.";
  }
  return type?.note;
}

const NOTES = {
  page: "Made by this call’s own writes.",
  other: "Not made by a write of this call. Daily does not say whose it was.",
  found: "The state as this page first saw it.",
} as const;

/** More than any column shows; the rest is in the details. */
const MAX_SUMMARY = 300;

/**
 * One line that says what an entry is about: of a message what it says beside its type. Empty for what has no row, and
 * for a message that is all type.
 */
export function summaryOf({ event }: Entry, type?: MessageType, decoded?: Decoded): string {
  switch (event.kind) {
    case "method-called":
      return decoded?.line ?? textOf(event.payload, type, decoded);
    case "daily-event":
      return summaryOfEvent(event, type, decoded);
    case "call-created":
      return `daily-js ${event.version || "(unknown version)"}, ${event.mode === "prebuilt" ? "Prebuilt" : "call object"}`;
    case "call-failed":
      return "The constructor threw, but daily-js keeps the instance: the next one may be refused as a duplicate";
    case "call-snapshot":
      return `State of the call: ${event.meetingState || "new"}, ${event.participants.length} participants`;
    case "command-failed":
    case "capture-problem":
      return event.message;
    case "method-settled":
      return "";
  }
}

function summaryOfEvent(event: DailyEvent, type?: MessageType, decoded?: Decoded): string {
  switch (event.name) {
    case "app-message":
      return decoded?.line ?? textOf(event.payload, type, decoded);
    case "meeting-session-state-updated":
      return event.payload ? textOf(event.payload) : `topology: ${event.topology ?? "unknown"}`;
    case "participant-joined":
      return event.payload ? `joined with user data ${textOf(event.payload)}` : "joined";
    case "participant-updated":
      return event.changed.includes("userData")
        ? textOf(event.payload)
        : `${event.changed.join(", ")} changed`;
    case "participant-left":
      return event.reason ? `left (${event.reason})` : "left";
    case "participant-counts-updated":
      return `${event.present} present, ${event.hidden} hidden`;
    case "joined-meeting":
      return `Joined ${event.room ?? "the room"} with ${event.participants.length} in the call`;
    case "joining-meeting":
      return "Joining…";
    case "left-meeting":
      return "Left the meeting";
    case "loaded":
      return "Call machine loaded";
    case "call-instance-destroyed":
      return "Call object destroyed";
    case "error":
    case "nonfatal-error":
    case "load-attempt-failed":
      // daily-js 0.92.2 sends this one without a message.
      if (event.errorMsg === "" && event.name === "load-attempt-failed") {
        return "The call machine could not be loaded; daily-js tries again";
      }
      return event.type ? `${event.type}: ${event.errorMsg}` : event.errorMsg;
    case "network-connection":
      return `${event.type}: ${event.event}`;
    case "access-state-updated":
      return event.awaiting
        ? `access ${event.level}, awaiting ${event.awaiting}`
        : `access ${event.level}`;
    case "meeting-session-summary-updated":
      return `meeting session ${event.sessionId}`;
  }
}

function textOf(payload: Payload | undefined, type?: MessageType, decoded?: Decoded): string {
  if (!payload) return "undefined";
  if (payload.problem?.code === "undefined") return "undefined";
  if (payload.problem?.code === "unserialisable") return payload.problem.message;
  const parsed = parsePayload(payload);
  if (!parsed.ok) return shortText(payload.json, MAX_SUMMARY);
  const { value } = parsed;
  const inner = type?.inner;
  // Decoded only where that loses nothing: numbers may have more digits than JavaScript keeps.
  if (typeof value === "string" && inner !== undefined && !isExact(value, inner))
    return shortText(value.trim(), MAX_SUMMARY);
  const content = decoded ? decoded.content : contentOf(inner ?? value, type);
  return content === undefined && (inner ?? value) !== undefined && type
    ? ""
    : preview(content, MAX_SUMMARY);
}

/** Whether a value that was read from JSON text says all that the text does. */
export const isExact = (text: string, value: unknown): boolean =>
  JSON.stringify(value) === text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
