import type { Signal } from "@preact/signals";

import type { Compose } from "../session/draft";
import type { SessionStore } from "../session/session-store";
import type { ValueEdit } from "./value-edit";

/** What the Room tab needs of the store. */
export type RoomStore = Pick<
  SessionStore,
  | "backToLive"
  | "calls"
  | "commands"
  | "compared"
  | "counts"
  | "entriesOf"
  | "filter"
  | "freshCall"
  | "historyKey"
  | "isLive"
  | "outOfReach"
  | "moment"
  | "notice"
  | "now"
  | "outcomeOf"
  | "pageNow"
  | "session"
  | "showEvent"
  | "showKeyHistory"
  | "shownCall"
  | "sources"
  | "undos"
> & {
  readonly compose: Compose;
  /** The edit that is open. Kept whatever else is looked at in the meantime. */
  readonly valueEdit: Signal<ValueEdit | undefined>;
};
