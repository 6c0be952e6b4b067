import type { SessionStore } from "../session/session-store";

/** What the menu of seats needs of the store. */
export type SeatsStore = Pick<
  SessionStore,
  "callOf" | "filter" | "isLive" | "removeRecording" | "seats" | "watchesTabs"
>;
