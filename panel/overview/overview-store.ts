import type { Signal } from "@preact/signals";

import type { SessionStore } from "../session/session-store";

/** What the log over time needs of the store. */
export type OverviewStore = Pick<
  SessionStore,
  | "callOf"
  | "calls"
  | "counts"
  | "filter"
  | "isLive"
  | "now"
  | "selected"
  | "selection"
  | "session"
  | "shown"
> & {
  /** Whether it is shown; undefined where its width decides. */
  readonly isOverviewShown: Signal<boolean | undefined>;
};
