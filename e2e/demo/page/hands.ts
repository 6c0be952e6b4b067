import type { DailyCall } from "@daily-co/daily-js";

import type { House } from "./house";
import type { Presence } from "./protocol";

export type Hands = {
  /** Tells the room who this is, with the hand down. */
  introduce(): Promise<void>;
  toggle(): Promise<void>;
  raise(): Promise<void>;
  /** Takes the hand down once its owner is on stage. */
  update(house: House): Promise<void>;
};

/** The hand of this page's user, in their user data. */
export function createHands(call: DailyCall, role: Presence["role"]): Hands {
  let hand: Presence["hand"] = "down";

  async function set(next: Presence["hand"]): Promise<void> {
    hand = next;
    const presence: Presence = { role, hand, ...(hand === "up" && { since: Date.now() }) };
    await call.setUserData(presence);
  }

  return {
    introduce: () => set("down"),
    toggle: () => set(hand === "up" ? "down" : "up"),
    raise: () => set("up"),
    async update({ stage, people }) {
      const isOnStage = people.some(({ isLocal, sessionId }) => {
        return isLocal && sessionId === stage?.sessionId;
      });
      if (isOnStage && hand === "up") await set("down");
    },
  };
}
