import type { PageEvent } from "../../extension/protocol/event";

/** Where a call is in its life. */
export type MeetingStatus =
  | "new"
  | "joining"
  | "joined"
  | "left"
  | "error"
  | "destroyed"
  | "failed";

/** What a call can do in a status, whatever led to it. */
export type Phase = "new" | "joining" | "joined" | "left";

export function phaseOf(status: MeetingStatus): Phase {
  return status === "error" || status === "destroyed" || status === "failed" ? "left" : status;
}

/** The status of a call after an event; undefined where the event says nothing of it. One that ended in an error stays so. */
export function statusAfter(event: PageEvent, before: MeetingStatus): MeetingStatus | undefined {
  switch (event.kind) {
    case "call-created":
      return "new";
    case "call-failed":
      return "failed";
    case "call-snapshot":
      return ofMeetingState(event.meetingState);
    case "daily-event":
      break;
    default:
      return undefined;
  }
  switch (event.name) {
    case "joining-meeting":
      return "joining";
    case "joined-meeting":
      return "joined";
    case "left-meeting":
      return before === "error" ? "error" : "left";
    case "error":
      return "error";
    case "call-instance-destroyed":
      return "destroyed";
    default:
      return undefined;
  }
}

/** What `meetingState()` says (daily-js 0.92.2): `new`, `loading`, `loaded` and so on before the first join. */
function ofMeetingState(meetingState: string): MeetingStatus {
  switch (meetingState) {
    case "joined-meeting":
      return "joined";
    case "joining-meeting":
      return "joining";
    case "left-meeting":
      return "left";
    case "error":
      return "error";
    default:
      return "new";
  }
}
