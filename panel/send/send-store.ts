import type { SessionStore } from "../session/session-store";
import type { createSending } from "./sending";

/** What the Send tab needs of the store. */
export type SendStore = Pick<
  SessionStore,
  | "backToLive"
  | "commands"
  | "counts"
  | "filter"
  | "freshCall"
  | "hasRow"
  | "isLive"
  | "outOfReach"
  | "now"
  | "outcomeOf"
  | "showEvent"
  | "undos"
> &
  Omit<ReturnType<typeof createSending>, "compose">;
