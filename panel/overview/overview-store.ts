import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Speech } from "../../core/conversation/turns";
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
  /** Who speaks when in the conversation that is shown; undefined where there is none. A new object when it changes. */
  readonly spoken: ReadonlySignal<Spoken | undefined>;
};

type Spoken = {
  readonly callId: string;
  /** In the order in which they began. */
  readonly speech: readonly Speech[];
};
