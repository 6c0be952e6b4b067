import type { SessionStore } from "../session/session-store";

/** What the filter field needs of the store. */
export type FilterStore = Pick<SessionStore, "filter" | "narrow" | "seenValues">;
