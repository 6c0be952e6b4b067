import type { DailyCall } from "@daily-co/daily-js";

import { find } from "./element";
import type { House } from "./house";
import { isJoined } from "./join";
import type { Message } from "./protocol";

export type Cue = {
  /** The host asks this page's user to unmute. */
  show(fromId: string): void;
  /** Unmutes and tells the host, who has asked for it. */
  readonly answer: () => void;
  /** Takes the cue away when its owner is no longer on stage. */
  update(house: House): void;
};

/** The private cue for the person on stage, and the answer to the host alone. */
export function createCue(call: DailyCall): Cue {
  const banner = find("cue", HTMLElement);
  let hostId = "";

  function answer(): void {
    if (banner.hidden) return;
    banner.hidden = true;
    if (!isJoined(call)) return;
    const unmuted: Message = { kind: "cue-answer", action: "unmuted" };
    call.sendAppMessage(unmuted, hostId);
  }

  find("unmute", HTMLButtonElement).addEventListener("click", answer);
  return {
    show(fromId) {
      hostId = fromId;
      banner.hidden = false;
    },
    answer,
    update({ stage, people }) {
      const me = people.find(({ isLocal }) => isLocal);
      if (!me || stage?.sessionId !== me.sessionId) banner.hidden = true;
    },
  };
}
