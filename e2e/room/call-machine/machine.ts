import { createParticipantVoice } from "../participant-voice";
import { DEFAULT_SETTINGS } from "../room-settings";
import type { MergeStrategy } from "../session-data-queue";
import type { Recipients } from "../wire";
import { answerCallback } from "./callback-answers";
import { createCall } from "./call";
import type { Call } from "./call";
import { listenToDaily, postToDaily } from "./daily-channel";
import type { CallAddress, DailyMessage } from "./daily-channel";
import type { JoinProperties } from "./join-request";
import { createMediaStore } from "./media-store";
import type { MediaStore } from "./media-store";

export type Machine = {
  readonly store: MediaStore["store"];
  /** Tells daily-js that the bundle has run. */
  start(): void;
  /** Makes the machine as good as new: daily-js asks for it instead of loading the bundle again. */
  readonly reset: () => void;
};

/** The machine of one call object. */
export function createMachine(address: CallAddress): Machine {
  let call: Call | undefined;
  const media = createMediaStore();
  const post = (message: { action: string; [field: string]: unknown }): void =>
    postToDaily(address, message);
  const voice = createParticipantVoice(
    () => call?.facts.joined?.settings ?? DEFAULT_SETTINGS,
    (message) => call?.send(message),
  );

  function hangUp(): void {
    voice.silence();
    call?.close();
    call = undefined;
    media.clear();
  }

  function reply({ callbackStamp }: DailyMessage, answer: Readonly<Record<string, unknown>>): void {
    // daily-js also runs an answer as a message of its own, so its action must be one that daily-js does not know.
    if (callbackStamp) post({ ...answer, action: "callback", callbackStamp });
  }

  function join(message: DailyMessage): void {
    hangUp();
    const properties = message["properties"] as JoinProperties;
    call = createCall(properties, media, post, hangUp);
    // daily-js resolves `join()` at `joined-meeting`; this callback of newer versions is for errors only.
    reply(message, {});
  }

  function leave(): void {
    voice.silence();
    if (call) call.leave();
    else post({ action: "left-meeting" });
  }

  listenToDaily(address, (message) => {
    switch (message.action) {
      case "join-meeting":
        return join(message);
      case "leave-meeting":
        return leave();
      case "app-msg":
        return voice.sendAppMessage(message["data"], (message["to"] ?? "*") as Recipients);
      case "set-session-data":
        return voice.setMeetingSessionData(
          message["data"] as Readonly<Record<string, unknown>>,
          message["mergeStrategy"] as MergeStrategy,
        );
      case "set-user-data": {
        const { userData } = message;
        reply(message, userData === undefined ? {} : { userData });
        call?.updateLocally({ userData });
        return voice.setUserData(userData);
      }
      case "set-user-name": {
        const userName = String(message["name"]);
        reply(message, { userName });
        call?.updateLocally({ userName });
        return call?.send({ action: "set-user-name", userName });
      }
      default:
        return reply(
          message,
          answerCallback(message.action, call?.facts ?? { roomUrl: "", joined: undefined }),
        );
    }
  });
  window.addEventListener("pagehide", hangUp);

  return {
    store: media.store,
    start() {
      post({ action: "call-machine-initialized" });
      post({ action: "loaded" });
    },
    reset() {
      hangUp();
      post({ action: "call-machine-initialized" });
    },
  };
}
