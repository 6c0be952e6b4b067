import type { FromRoom, Joined, RoomPerson, ToRoom } from "../wire";
import type { CallFacts } from "./callback-answers";
import { toJoinRequest } from "./join-request";
import type { JoinProperties } from "./join-request";
import { toDailyParticipant } from "./participant";
import { connectToRoom } from "./room-connection";

/** One stay in a room, from `join()` to `left-meeting`. */
export type Call = {
  readonly facts: CallFacts;
  readonly send: (message: ToRoom) => void;
  /** Shows a change of the local participant to this page at once; the room is told separately. */
  updateLocally(change: Partial<RoomPerson>): void;
  leave(): void;
  readonly close: () => void;
};

type Post = (message: { action: string; [field: string]: unknown }) => void;

/** Joins a room and passes on to daily-js what happens there. `onEnd` is called when the room ends the call. */
export function createCall(properties: JoinProperties, post: Post, onEnd: () => void): Call {
  const roomUrl = properties.url ?? "";
  let joined: Joined | undefined;
  let local: RoomPerson | undefined;
  let leaving = false;

  const connection = connectToRoom(roomUrl, toJoinRequest(properties), receive, () => {
    if (!leaving) postConnectionError(post, joined ? "reconnect" : "join");
    post({ action: "left-meeting" });
    onEnd();
  });

  function receive(message: FromRoom): void {
    switch (message.action) {
      case "joined-meeting":
        joined = message;
        local = message.you;
        return postJoined(message, post);
      case "participant-joined":
      case "participant-updated":
      case "participant-left":
        return post({
          action: message.action,
          participant: toDailyParticipant(message.person, false),
        });
      case "meeting-session-state-updated":
        if (joined) joined = { ...joined, meetingSessionState: message.meetingSessionState };
        return post(message);
      case "left-meeting":
        post(message);
        return onEnd();
      case "app-message":
      case "error":
      case "nonfatal-error":
      case "participant-counts-updated":
        return post(message);
    }
  }

  return {
    get facts() {
      return { roomUrl, joined };
    },
    send: connection.send,
    updateLocally(change) {
      if (!local) return;
      const { userData, ...person } = { ...local, ...change };
      local = { ...person, ...(userData !== undefined && { userData }) };
      post({ action: "participant-updated", participant: toDailyParticipant(local, true) });
    },
    leave() {
      leaving = true;
      if (joined) connection.send({ action: "leave" });
      else {
        post({ action: "left-meeting" });
        onEnd();
      }
    },
    close: connection.close,
  };
}

function postJoined(
  { you, others, settings, meetingSessionId, meetingSessionState }: Joined,
  post: Post,
): void {
  const participants = {
    local: toDailyParticipant(you, true),
    ...Object.fromEntries(
      others.map((person) => [person.sessionId, toDailyParticipant(person, false)]),
    ),
  };
  const { maxAppMessageSize } = settings;
  post({
    action: "joined-meeting",
    participants,
    ...(maxAppMessageSize !== undefined && { internal: { _maxAppMessageSize: maxAppMessageSize } }),
  });
  post({ action: "access-state-updated", access: { level: "full" } });
  post({ action: "meeting-session-summary-updated", meetingSession: { id: meetingSessionId } });
  post({ action: "meeting-session-state-updated", meetingSessionState });
  post({ action: "network-connection", type: "signaling", event: "connected" });
}

/** The shape is daily-js's own for a connection that fails (docs.daily.co/reference/daily-js/events/error-events). */
function postConnectionError(post: Post, on: "join" | "reconnect"): void {
  const msg = "The local room server cannot be reached";
  post({
    action: "error",
    errorMsg: msg,
    error: { type: "connection-error", msg, details: { on } },
  });
}
