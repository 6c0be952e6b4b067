import type { SessionStore } from "../session/session-store";
import type { RouteStatistics } from "./route-statistics";
import type { createSessionStatistics } from "./session-statistics";

/** What the Statistics tab needs of the store. */
export type StatisticsStore = Pick<
  SessionStore,
  | "backToLive"
  | "callOf"
  | "counts"
  | "filter"
  | "isLive"
  | "outOfReach"
  | "session"
  | "showEvent"
  | "shown"
  | "tab"
> & {
  readonly statistics: ReturnType<typeof createSessionStatistics>;
  readonly routes: RouteStatistics;
};
