import type { Finding } from "../../core/rules/finding";
import type { Compose } from "../session/draft";
import type { SessionStore } from "../session/session-store";

/** What the table, its head and the menus of its rows need of the store. */
export type TrafficStore = Pick<
  SessionStore,
  | "arrangement"
  | "backToLive"
  | "callOf"
  | "calls"
  | "commands"
  | "counts"
  | "deliveryOf"
  | "filter"
  | "find"
  | "freshCall"
  | "isFinding"
  | "isLive"
  | "outOfReach"
  | "narrow"
  | "notice"
  | "now"
  | "pinned"
  | "selected"
  | "seats"
  | "selection"
  | "session"
  | "showKeyHistory"
  | "showMoment"
  | "shown"
  | "sources"
  | "table"
  | "togglePin"
  | "trafficView"
> & {
  readonly compose: Compose;
  /** The findings that an event belongs to. */
  readonly findings: { readonly ofEvent: (callId: string, seq: number) => readonly Finding[] };
};
