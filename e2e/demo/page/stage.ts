import type { DailyCall } from "@daily-co/daily-js";

import type { House } from "./house";
import type { Message, Stage } from "./protocol";
import type { SessionWriter } from "./session-writer";

export type StageControl = {
  /** Brings someone on stage; the one who was there is done. */
  bring(person: Stage, house: House): void;
  clear(house: House): void;
  /** Whether a change is on its way that the room has not confirmed yet. */
  isChanging(): boolean;
  /** To be called whenever the house has changed. */
  update(house: House): void;
  /** To be called when Daily has refused a change. */
  giveUp(): void;
};

/** The host's hold of the stage. The private cue goes out once the room knows who is on stage. */
export function createStageControl(call: DailyCall, { write }: SessionWriter): StageControl {
  /** Who is about to be on stage: a session id, or null for no one. */
  let awaited: string | null | undefined;

  function answered({ stage, answered: before, people }: House): number {
    const isStillHere = people.some(({ sessionId }) => sessionId === stage?.sessionId);
    return isStillHere ? before + 1 : before;
  }

  return {
    bring({ sessionId, name }, house) {
      awaited = sessionId;
      write({ stage: { sessionId, name }, answered: answered(house) });
    },
    clear(house) {
      awaited = null;
      write({ stage: null, answered: answered(house) });
    },
    isChanging: () => awaited !== undefined,
    update({ stage, people }) {
      if (awaited === undefined || (stage?.sessionId ?? null) !== awaited) return;
      awaited = undefined;
      const speaker = people.find(({ sessionId }) => sessionId === stage?.sessionId);
      if (!speaker || speaker.isLocal) return;
      const cue: Message = { kind: "cue", action: "unmute" };
      call.sendAppMessage(cue, speaker.sessionId);
    },
    giveUp() {
      awaited = undefined;
    },
  };
}
