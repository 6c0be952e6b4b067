import type { PageEvent } from "../../extension/protocol/event";
import { type MeetingStatus, phaseOf, statusAfter } from "../daily/meeting-status";
import type { TypePath } from "../daily/message-type";
import { type CallHistory, createCallHistory, track } from "./call-history";

/** A stretch of a call's life. Open while it lasts, or when the page went away. */
export type CallPhase = {
  readonly callId: string;
  readonly state: "joining" | "joined";
  readonly from: number;
  to?: number;
};

/** Follows the life of the calls. Fed in the order of the log; phases are only ever added to. */
export function followLife(phases: CallPhase[], event: PageEvent): void {
  const status = statusAfter(event, "new");
  if (status === undefined) return;
  const phase = phaseOf(status);
  const { callId, at } = event;
  const open = phases.findLast((each) => each.callId === callId && each.to === undefined);
  if (open?.state === phase) return;
  if (open) open.to = at;
  if (phase === "joining" || phase === "joined") phases.push({ callId, state: phase, from: at });
}

/** What the log says about one call so far. Never changed by the panel itself. */
export type CallState = {
  readonly callId: string;
  /** When its first event happened, in epoch ms. */
  readonly startedAt: number;
  readonly version: string;
  readonly mode: "call-object" | "prebuilt";
  readonly url: string;
  readonly status: MeetingStatus;
  readonly room: string | undefined;
  readonly maxAppMessageSize: number | undefined;
  /** Daily's id of the meeting session, once it has told it. */
  readonly meetingId: string | undefined;
  /** Whether it isn't a call of the inspected page, but of someone else in the room. */
  readonly isOfSeat: boolean;
  /** Whether its page is one of several of a recording, none of which is more the user's own than the others. */
  readonly isOneOfSeveral: boolean;
  /** Where its app has the type of its messages, where that was found or set. */
  readonly typePath?: TypePath | undefined;
  /** How it became so. The same object for the life of the call; the state around it is new when it changed. */
  readonly history: CallHistory;
};

/** A call before its first event. */
export function newCall(
  { callId, at }: PageEvent,
  isOfSeat = false,
  isOneOfSeveral = false,
): CallState {
  return {
    callId,
    startedAt: at,
    version: "",
    mode: "call-object",
    url: "",
    status: "new",
    room: undefined,
    maxAppMessageSize: undefined,
    meetingId: undefined,
    isOfSeat,
    isOneOfSeveral,
    history: createCallHistory(),
  };
}

/** The state after an event of this call. Gives the same object back when nothing that it shows changed. */
export function reduceCall(state: CallState, event: PageEvent): CallState {
  track(state.history, event);
  const status = statusAfter(event, state.status) ?? state.status;
  switch (event.kind) {
    case "call-created":
    case "call-failed": {
      const { version, mode, url } = event;
      return { ...state, version, mode, url, status };
    }
    case "call-snapshot": {
      const { version, mode, url } = event;
      return inRoom({ ...state, version, mode, url, status }, event);
    }
    case "daily-event":
      break;
    case "method-called":
    case "method-settled":
    case "command-failed":
    case "capture-problem":
      return state;
  }
  switch (event.name) {
    case "joining-meeting":
      // Whether it will be the same session isn't known.
      return { ...state, status, meetingId: undefined };
    case "joined-meeting":
      return inRoom({ ...state, status }, event);
    case "meeting-session-summary-updated":
      return { ...state, meetingId: event.sessionId || undefined };
    case "participant-joined":
    case "participant-updated":
    case "participant-left":
      // The history knows the people; a new object says that names may have changed.
      return { ...state };
    default:
      return status === state.status ? state : { ...state, status };
  }
}

type RoomInfo = { readonly room?: string; readonly maxAppMessageSize?: number };

function inRoom(state: CallState, { room, maxAppMessageSize }: RoomInfo): CallState {
  return {
    ...state,
    room: room ?? state.room,
    maxAppMessageSize: maxAppMessageSize ?? state.maxAppMessageSize,
  };
}
