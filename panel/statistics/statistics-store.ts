import type { SessionStore } from "../session/session-store";
import type { createSessionStatistics } from "./session-statistics";

/** What the Statistics tab needs of the store. */
export type StatisticsStore = Pick<
  SessionStore,
  "backToLive" | "callOf" | "counts" | "filter" | "isLive" | "session" | "showEvent" | "shown"
> & {
  readonly statistics: ReturnType<typeof createSessionStatistics>;
};
