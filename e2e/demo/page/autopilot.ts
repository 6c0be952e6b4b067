import { type House, type Person, queueOf } from "./house";
import { type Message, REACTIONS } from "./protocol";
import type { StageControl } from "./stage";

const LOOK_AROUND_MS = 900;
const TALK_MS = 4200;
const REACT_MS = { shortest: 2200, longest: 4500 };

type Parts = {
  readonly stage: StageControl;
  readonly house: () => House;
  readonly react: (emoji: string) => void;
};

export type Autopilot = {
  setOn(isOn: boolean): void;
  /** To be called whenever the house has changed. */
  update(house: House): void;
  /** To be called with what others say, and who they are where that is known. */
  hear?(message: Message, from: Person | undefined): void;
};

/** Hosts the show by itself: one raised hand after the other, and some applause. */
export function createAutopilot({ stage, house, react }: Parts): Autopilot {
  let isOn = false;
  let planned: { readonly move: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  let applause: ReturnType<typeof setTimeout> | undefined;

  /** Plans a move unless it is planned already; another one takes its place. */
  function plan(move: string, delayMs: number, act: (now: House) => void): void {
    if (planned?.move === move) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(() => {
      planned = undefined;
      act(house());
    }, delayMs);
    planned = { move, timer };
  }

  function next(now: House): void {
    const [first] = queueOf(now);
    if (first) stage.bring(first, now);
    else if (now.stage) stage.clear(now);
  }

  function update(now: House): void {
    if (!isOn || stage.isChanging()) return;
    const speaker = now.people.find(({ sessionId }) => sessionId === now.stage?.sessionId);
    if (speaker) plan(`after ${speaker.sessionId}`, TALK_MS, next);
    else if (now.stage || queueOf(now).length > 0) plan("fill the stage", LOOK_AROUND_MS, next);
  }

  function applaud(): void {
    const delay = REACT_MS.shortest + Math.random() * (REACT_MS.longest - REACT_MS.shortest);
    applause = setTimeout(() => {
      react(REACTIONS[Math.floor(Math.random() * REACTIONS.length)] ?? REACTIONS[0]);
      applaud();
    }, delay);
  }

  return {
    setOn(next) {
      if (next === isOn) return;
      isOn = next;
      clearTimeout(planned?.timer);
      clearTimeout(applause);
      planned = undefined;
      if (!isOn) return;
      applaud();
      update(house());
    },
    update,
  };
}
