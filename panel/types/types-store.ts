import type { SessionStore } from "../session/session-store";
import type { SessionTypes } from "./session-types";

/** What the Types tab needs of the store. */
export type TypesStore = Pick<
  SessionStore,
  | "backToLive"
  | "callOf"
  | "counts"
  | "filter"
  | "isLive"
  | "outOfReach"
  | "notice"
  | "session"
  | "showEvent"
  | "tab"
> & {
  readonly types: SessionTypes;
};
