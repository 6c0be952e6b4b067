import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { sessionWrites } from "./session-writes";

/** Written right before the call left. */
export const writeLostAtLeave: Rule = {
  id: "write-lost-at-leave",
  title: "Written right before leaving",
  level: "warning",
  why: "Session data goes out with the next sync, about once a second (documented). If the page leaves first, the write is lost.",
  advice:
    "Wait for `meeting-session-state-updated` before you call leave(), or let those who stay tidy up at `participant-left`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  tell: ({ count }) => `${howMany(count, "write")} waited for a sync when the call left.`,
  start: (report, trackers) =>
    sessionWrites(trackers, ({ seq, at, fate }) => {
      if (fate.kind === "lost") report({ key: "leave", seqs: [seq], at });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-data replace {"host":null}
      20 leaves`,
    passes: `
      0 joined Ada with Bob
      10 session-data replace {"host":null}
      900 session-state {"host":null}
      920 leaves`,
  },
};
