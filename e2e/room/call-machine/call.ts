import { changePerson } from "../change-person";
import type { FromRoom, Joined, RoomPerson, ToRoom } from "../wire";
import type { CallFacts } from "./callback-answers";
import { toJoinRequest } from "./join-request";
import type { JoinProperties } from "./join-request";
import type { MediaStore } from "./media-store";
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
export function createCall(
  properties: JoinProperties,
  media: MediaStore,
  post: Post,
  onEnd: () => void,
): Call {
  const roomUrl = properties.url ?? "";
  let joined: Joined | undefined;
  let local: RoomPerson | undefined;
  /** Set while joining, shown as soon as there is someone to show. */
  let early: Partial<RoomPerson> = {};
  let leaving = false;

  const connection = connectToRoom(roomUrl, toJoinRequest(properties), receive, () => {
    if (!leaving) postRoomGone(post);
    post({ action: "left-meeting" });
    onEnd();
  });

  function receive(message: FromRoom): void {
    switch (message.action) {
      case "joined-meeting":
        joined = message;
        local = message.you;
        postJoined(message, post);
        message.others.forEach(playVoice);
        if (Object.keys(early).length > 0) updateLocally(early);
        return;
      case "participant-joined":
        post({ action: message.action, participant: toDailyParticipant(message.person, false) });
        return playVoice(message.person);
      case "participant-left":
        media.removeVoice(message.person.sessionId);
        return post({
          action: message.action,
          participant: toDailyParticipant(message.person, false),
        });
      case "participant-updated":
        return postUpdated(message.person);
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

  function postUpdated(person: RoomPerson): void {
    const participant = toDailyParticipant(person, false, person.hasVoice ? "playable" : "off");
    post({ action: "participant-updated", participant });
  }

  /** A track comes a moment after its participant, so daily-js says `track-started` whoever joined first. */
  function playVoice(person: RoomPerson): void {
    if (!person.hasVoice) return;
    media.addVoice(person.sessionId);
    postUpdated(person);
  }

  function updateLocally(change: Partial<RoomPerson>): void {
    if (!local) {
      early = { ...early, ...change };
      return;
    }
    local = changePerson(local, change);
    post({ action: "participant-updated", participant: toDailyParticipant(local, true) });
  }

  return {
    get facts() {
      return { roomUrl, joined };
    },
    send: connection.send,
    updateLocally,
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

/**
 * A fatal error (docs.daily.co/reference/daily-js/events/error-events). Not a `connection-error`, although it is one:
 * daily-js 0.92.2 reports those to Daily's error tracker, which has no use for a local server that was stopped.
 */
function postRoomGone(post: Post): void {
  const msg = "The local room server cannot be reached";
  post({ action: "error", errorMsg: msg, error: { type: "exp-room", msg } });
}
