import type { SessionStore } from "../session/session-store";

/** What the menus and the bar of recordings need of the store. */
export type RecordingStore = Pick<
  SessionStore,
  | "backToLive"
  | "counts"
  | "filter"
  | "liveMeanwhile"
  | "maskValues"
  | "notice"
  | "seats"
  | "selection"
  | "session"
  | "shown"
  | "writeRecording"
>;
