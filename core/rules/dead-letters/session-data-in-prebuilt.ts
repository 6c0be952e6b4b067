import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Session data asked of a Prebuilt frame. */
export const sessionDataInPrebuilt: Rule = {
  id: "session-data-in-prebuilt",
  title: "Session data in Daily Prebuilt",
  level: "error",
  why: "setMeetingSessionData() works with a call object only. On a Prebuilt frame it throws, and `meeting-session-state-updated` tells of the topology without any data.",
  advice: "Use app messages and user data with Prebuilt, or build on a call object.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `const call = Daily.createCallObject(); // instead of createFrame()`,
  tell: ({ count }) => `setMeetingSessionData() threw ${howMany(count, "time")}.`,
  start: (report) => ({
    event({ call, seq, at }) {
      if (/only supported on custom callObject/.test(call?.error?.message ?? ""))
        report({ key: "setMeetingSessionData", seqs: [seq], at });
    },
  }),
  example: {
    fires: `
      0 created prebuilt
      10 joined Ada with Bob
      20 refused session-data replace {"a":1} because setMeetingSessionData() is only supported on custom callObject instances`,
    passes: `
      0 created prebuilt
      10 joined Ada with Bob
      20 send {"type":"a"} to *`,
  },
};
