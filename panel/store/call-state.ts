import type { PageEvent, ParticipantWithData } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";

type ParticipantState = ParticipantWithData & { readonly hasLeft: boolean };

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
  readonly version: string;
  readonly mode: "call-object" | "prebuilt";
  readonly url: string;
  readonly status: MeetingStatus;
  readonly room: string | undefined;
  readonly localId: string | undefined;
  /** Everyone ever seen, those who left included, by session id. */
  readonly participants: ReadonlyMap<string, ParticipantState>;
  readonly sessionData: Payload | undefined;
  readonly maxAppMessageSize: number | undefined;
};

/** A call before its first event. */
export function newCall(callId: string): CallState {
  return {
    callId,
    version: "",
    mode: "call-object",
    url: "",
    status: "new",
    room: undefined,
    localId: undefined,
    participants: new Map(),
    sessionData: undefined,
    maxAppMessageSize: undefined,
  };
}

/** The state after an event of this call. Gives the same object back when nothing changed. */
export function reduceCall(state: CallState, event: PageEvent): CallState {
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
    case "capture-problem":
      return state;
  }
}

function reduceDailyEvent(
  state: CallState,
  event: Extract<PageEvent, { kind: "daily-event" }>,
): CallState {
  switch (event.name) {
    case "joining-meeting":
      return { ...state, status: "joining" };
    case "joined-meeting":
      return { ...inRoom(state, event), status: "joined" };
    case "participant-joined":
    case "participant-updated":
      return withParticipants(state, [event], false);
    case "participant-left":
      return withParticipants(state, [event], true);
    case "meeting-session-state-updated":
      return event.payload ? { ...state, sessionData: event.payload } : state;
    case "left-meeting":
      return { ...state, status: state.status === "error" ? "error" : "left" };
    case "error":
      return { ...state, status: "error" };
    case "call-instance-destroyed":
      return { ...state, status: "destroyed" };
    case "app-message":
    case "loaded":
    case "nonfatal-error":
    case "load-attempt-failed":
    case "network-connection":
    case "access-state-updated":
    case "meeting-session-summary-updated":
    case "participant-counts-updated":
      return state;
  }
}

type RoomInfo = {
  readonly participants: readonly ParticipantWithData[];
  readonly room?: string;
  readonly maxAppMessageSize?: number;
  readonly payload?: Payload;
};

function inRoom(
  state: CallState,
  { participants, room, maxAppMessageSize, payload }: RoomInfo,
): CallState {
  return {
    ...withParticipants(state, participants, false),
    room: room ?? state.room,
    maxAppMessageSize: maxAppMessageSize ?? state.maxAppMessageSize,
    sessionData: payload ?? state.sessionData,
  };
}

function withParticipants(
  state: CallState,
  changed: readonly ParticipantWithData[],
  hasLeft: boolean,
): CallState {
  const participants = new Map(state.participants);
  let { localId } = state;
  for (const { participant, payload } of changed) {
    participants.set(participant.session_id, { participant, ...(payload && { payload }), hasLeft });
    if (participant.local) localId = participant.session_id;
  }
  return { ...state, participants, localId };
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
