import { createParticipantVoice } from "./participant-voice";
import type { ParticipantVoice } from "./participant-voice";
import type { RoomCore } from "./room-core";
import type { RoomSettings } from "./room-settings";
import { throughJson } from "./wire";
import type { FromRoom, JoinRequest } from "./wire";

/** A participant without a browser: lives in the server's process and does what a script tells it. */
export type ScriptedParticipant = Omit<ParticipantVoice, "silence"> & {
  readonly sessionId: string;
  /** Listens to everything the room tells this participant. Returns a function that stops it. */
  on(listener: (message: FromRoom) => void): () => void;
  leave(): void;
};

/** Joins a room from inside the server. Data still goes through JSON, and the sender's batching is Daily's. */
export function joinAsScript(
  core: RoomCore,
  settings: () => RoomSettings,
  request: JoinRequest,
): ScriptedParticipant {
  const listeners = new Set<(message: FromRoom) => void>();
  let sessionId = "";

  const connection = core.connect((message) => {
    if (message.action === "joined-meeting") sessionId = message.you.sessionId;
    if (message.action === "left-meeting") voice.silence();
    const received = throughJson(message);
    // A listener may answer. Not before the room has told everyone what this listener reacts to.
    queueMicrotask(() => listeners.forEach((listener) => listener(received)));
  });
  const voice = createParticipantVoice(settings, (message) =>
    connection.receive(throughJson(message)),
  );
  connection.receive({ action: "join", ...throughJson(request) });

  return {
    sessionId,
    sendAppMessage: voice.sendAppMessage,
    setUserData: voice.setUserData,
    setMeetingSessionData: voice.setMeetingSessionData,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leave() {
      connection.receive({ action: "leave" });
    },
  };
}
