import type { DailyEvent } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";
import type { Entry } from "./session-log";

/** More than any column shows; the rest is in the details. */
const MAX_SUMMARY = 300;

/** One line that says what an entry is about. Empty for what has no row. */
export function summaryOf({ event }: Entry): string {
  switch (event.kind) {
    case "method-called":
      return textOf(event.payload);
    case "daily-event":
      return summaryOfEvent(event);
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

function summaryOfEvent(event: DailyEvent): string {
  switch (event.name) {
    case "app-message":
      return textOf(event.payload);
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

function textOf(payload: Payload | undefined): string {
  if (!payload) return "undefined";
  if (payload.problem?.code === "undefined") return "undefined";
  if (payload.problem?.code === "unserialisable") return payload.problem.message;
  return payload.json.length > MAX_SUMMARY
    ? `${payload.json.slice(0, MAX_SUMMARY)}…`
    : payload.json;
}
