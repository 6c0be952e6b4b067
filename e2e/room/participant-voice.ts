import { createBatchWindow } from "./batch-window";
import type { RoomSettings } from "./room-settings";
import { createSessionDataQueue } from "./session-data-queue";
import type { MergeStrategy } from "./session-data-queue";
import { createUserDataPropagation } from "./user-data-propagation";
import type { Recipients, SessionData, ToRoom } from "./wire";

/** The three data channels of one participant in a room, with Daily's batching on the sender's side. */
export type ParticipantVoice = {
  readonly sendAppMessage: (data: unknown, to?: Recipients) => void;
  readonly setUserData: (userData: unknown) => void;
  readonly setMeetingSessionData: (data: SessionData, strategy?: MergeStrategy) => void;
  /** Drops whatever was not sent yet. */
  readonly silence: () => void;
};

type Delays = Pick<RoomSettings, "userDataDelayMs" | "sessionDataWindowMs">;

/** Used by the call machine in a page and by scripted participants in the server, so that both behave the same. */
export function createParticipantVoice(
  delays: () => Delays,
  send: (message: ToRoom) => void,
): ParticipantVoice {
  const queue = createSessionDataQueue();
  const sessionDataWindow = createBatchWindow(
    () => delays().sessionDataWindowMs,
    () => {
      const payload = queue.flush();
      if (payload) send({ action: "set-session-data", ...payload });
    },
  );
  const propagation = createUserDataPropagation(
    () => delays().userDataDelayMs,
    (userData) => send({ action: "set-user-data", userData }),
  );

  return {
    sendAppMessage(data, to = "*") {
      send({ action: "app-message", data, to });
    },
    setUserData: propagation.set,
    setMeetingSessionData(data, mergeStrategy = "replace") {
      if (queue.enqueue({ data, mergeStrategy })) sessionDataWindow.open();
    },
    silence() {
      propagation.cancel();
      sessionDataWindow.cancel();
      queue.flush();
    },
  };
}
