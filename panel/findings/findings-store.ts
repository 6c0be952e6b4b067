import type { SessionStore } from "../session/session-store";
import type { Findings } from "./findings";

/** What the Findings tab needs of the store. */
export type FindingsStore = Pick<
  SessionStore,
  | "backToLive"
  | "calls"
  | "counts"
  | "filter"
  | "freshCall"
  | "isLive"
  | "outOfReach"
  | "notice"
  | "session"
  | "showEvent"
  | "shownCall"
  | "sources"
  | "tab"
> & {
  readonly findings: Findings;
};
