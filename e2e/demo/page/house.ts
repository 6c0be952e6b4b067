import type { DailyCall } from "@daily-co/daily-js";

import { isJoined } from "./join";
import { type Presence, readPresence, readShow, type Show } from "./protocol";

export type Person = Presence & {
  readonly sessionId: string;
  readonly name: string;
  readonly isLocal: boolean;
};

/** Everything there is to show, as the call knows it now. */
export type House = Show & { readonly people: readonly Person[] };

/** Reads the house from the call. Nothing is kept beside it, so nothing can disagree with it. */
export function readHouse(call: DailyCall): House {
  if (!isJoined(call)) return { stage: null, answered: 0, people: [] };
  const people = Object.values(call.participants()).map(
    ({ session_id, user_name, local, userData }): Person => ({
      ...readPresence(userData),
      sessionId: session_id,
      name: user_name || "Someone",
      isLocal: local,
    }),
  );
  const idOf = (name: string) => people.find((each) => each.name === name)?.sessionId ?? "";
  return { ...readShow(call.meetingSessionState().data, idOf), people };
}

/** The others who want to speak, the first to raise a hand at the front. */
export function queueOf({ people, stage }: House): readonly Person[] {
  return people
    .filter(({ hand, isLocal, sessionId }) => {
      return hand === "up" && !isLocal && sessionId !== stage?.sessionId;
    })
    .sort((a, b) => (a.since ?? 0) - (b.since ?? 0));
}
