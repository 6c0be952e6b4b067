import type { SessionStore } from "../session/session-store";

/** What the details of an event need of the store. */
export type DetailsStore = Pick<
  SessionStore,
  | "freshCall"
  | "narrow"
  | "notice"
  | "now"
  | "selection"
  | "session"
  | "showEvent"
  | "showKeyHistory"
  | "showMoment"
  | "sources"
>;
