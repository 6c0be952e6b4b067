import { QUESTIONS } from "../script-lines";
import type { Autopilot } from "./autopilot";
import type { House } from "./house";

const FIRST_HAND_MS = 500;
const UNMUTE_MS = 600;
/** From the end of a turn on stage to the next raised hand. */
const REST_MS = 6000;
/** It joins in with the host's first reaction and every third one after it. */
const JOIN_IN_EVERY = 3;

type Parts = {
  readonly house: () => House;
  readonly raiseHand: () => void;
  readonly ask: (text: string) => void;
  readonly react: (emoji: string) => void;
  readonly answerCue: () => void;
};

/**
 * Plays a guest: raises a hand with a question, answers the host's cue, applauds others on stage and joins in with the
 * host. Most of it answers an event, since the timers of a tab in the background are slow.
 */
export function createGuestAutopilot(parts: Parts): Autopilot {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isOn = false;
  /** Session id of who was last seen on stage. */
  let onStage: string | undefined;
  let questions = 0;
  let heard = 0;

  function later(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delayMs);
    timers.add(timer);
  }

  function wantToSpeak(): void {
    const { people, stage } = parts.house();
    const me = people.find(({ isLocal }) => isLocal);
    if (!me || me.hand === "up" || me.sessionId === stage?.sessionId) return;
    parts.raiseHand();
    parts.ask(QUESTIONS[questions++ % QUESTIONS.length] ?? "Why?");
  }

  return {
    setOn(next) {
      if (next === isOn) return;
      isOn = next;
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
      if (!isOn) return;
      onStage = parts.house().stage?.sessionId;
      later(FIRST_HAND_MS, wantToSpeak);
    },
    update({ people, stage }) {
      const before = onStage;
      onStage = stage?.sessionId;
      if (!isOn || onStage === before) return;
      const me = people.find(({ isLocal }) => isLocal)?.sessionId;
      if (before === me) later(REST_MS, wantToSpeak);
      if (onStage !== undefined && onStage !== me) parts.react("👏");
    },
    hear(message, from) {
      if (!isOn) return;
      if (message.kind === "cue") later(UNMUTE_MS, parts.answerCue);
      if (message.kind === "reaction" && from?.role === "host" && heard++ % JOIN_IN_EVERY === 0)
        parts.react(message.emoji);
    },
  };
}
