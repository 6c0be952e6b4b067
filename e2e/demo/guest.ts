import type { Room } from "../room/room";
import type { ScriptedParticipant } from "../room/scripted-participant";
import type { FromRoom } from "../room/wire";
import { type Message, type Presence, readMessage, readShow } from "./page/protocol";
import type { Schedule } from "./schedule";

export type Guest = Pick<ScriptedParticipant, "sessionId" | "on" | "leave"> & {
  readonly name: string;
  /** Whether this guest can raise a hand now: it is down and its owner not on stage. */
  isIdle(): boolean;
  isOnStage(): boolean;
  raiseHand(): void;
  say(message: Message): void;
};

/** Someone in the audience who behaves by themselves: takes the hand down on stage and answers the host's cue. */
export function joinGuest(room: Room, name: string, schedule: Schedule): Guest {
  const down: Presence = { role: "guest", hand: "down" };
  const participant = room.join({ userName: name, userData: down });
  const { sessionId } = participant;
  let hand: Presence["hand"] = "down";
  const idOf = (each: string) => (each === name ? sessionId : "");
  let onStage = readShow(room.sessionData(), idOf).stage?.sessionId;

  function setHand(next: Presence["hand"]): void {
    hand = next;
    const raised: Presence = { role: "guest", hand: "up", since: Date.now() };
    participant.setUserData(hand === "up" ? raised : down);
  }

  function say(message: Message, to?: string): void {
    participant.sendAppMessage(message, to);
  }

  function hear(message: FromRoom): void {
    if (message.action === "meeting-session-state-updated") {
      const before = onStage;
      onStage = readShow(message.meetingSessionState.data, idOf).stage?.sessionId;
      if (onStage === before) return;
      if (onStage === sessionId && hand === "up") setHand("down");
      // Some applause for the person who was on stage.
      if (before !== undefined && before !== sessionId && schedule.between(0, 1) < 0.4) {
        schedule.after(schedule.between(100, 900), () => say({ kind: "reaction", emoji: "👏" }));
      }
    }
    if (message.action === "app-message" && readMessage(message.data)?.kind === "cue") {
      const answer: Message = { kind: "cue-answer", action: "unmuted" };
      schedule.after(schedule.between(500, 1000), () => say(answer, message.fromId));
    }
  }

  participant.on(hear);
  return {
    name,
    sessionId,
    isIdle: () => hand === "down" && onStage !== sessionId,
    isOnStage: () => onStage === sessionId,
    raiseHand: () => setHand("up"),
    say: (message) => say(message),
    on: (listener) => participant.on(listener),
    leave: () => participant.leave(),
  };
}
