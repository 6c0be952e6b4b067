import type { DailyEvent, PageEvent } from "../../extension/protocol/event";
import { type CallHistory, createCallHistory, track } from "./call-history";

export type MeetingStatus =
  | "new"
  | "joining"
  | "joined"
  | "left"
  | "error"
  | "destroyed"
  | "failed";

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
  /** How it became so. The same object for the life of the call; the state around it is new when it changed. */
  readonly history: CallHistory;
};

/** A call before its first event. */
export function newCall({ callId, at }: PageEvent): CallState {
  return {
    callId,
    startedAt: at,
    version: "",
    mode: "call-object",
    url: "",
    status: "new",
    room: undefined,
    maxAppMessageSize: undefined,
    history: createCallHistory(),
  };
}

/** The state after an event of this call. Gives the same object back when nothing that it shows changed. */
export function reduceCall(state: CallState, event: PageEvent): CallState {
  track(state.history, event);
  switch (event.kind) {
    case "call-created":
    case "call-failed": {
      const { version, mode, url } = event;
      return {
        ...state,
        version,
        mode,
        url,
        status: event.kind === "call-failed" ? "failed" : "new",
      };
    }
    case "call-snapshot": {
      const { version, mode, url, meetingState } = event;
      return { ...inRoom({ ...state, version, mode, url }, event), status: statusOf(meetingState) };
    }
    case "daily-event":
      return reduceDailyEvent(state, event);
    case "method-called":
    case "method-settled":
    case "command-failed":
    case "capture-problem":
      return state;
  }
}

function reduceDailyEvent(state: CallState, event: DailyEvent): CallState {
  switch (event.name) {
    case "joining-meeting":
      return { ...state, status: "joining" };
    case "joined-meeting":
      return { ...inRoom(state, event), status: "joined" };
    case "participant-joined":
    case "participant-updated":
    case "participant-left":
      // The history knows the people; a new object says that names may have changed.
      return { ...state };
    case "left-meeting":
      return { ...state, status: state.status === "error" ? "error" : "left" };
    case "error":
      return { ...state, status: "error" };
    case "call-instance-destroyed":
      return { ...state, status: "destroyed" };
    default:
      return state;
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

function statusOf(meetingState: string): MeetingStatus {
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
