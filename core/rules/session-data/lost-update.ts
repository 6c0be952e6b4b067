import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { conflictRun } from "./conflict-run";

/** Two writers of session data, of whom one wrote over the other. */
export const lostUpdate: Rule = {
  id: "lost-update",
  title: "Two writers overwrite each other",
  level: "warning",
  why: "With several writers the order of writes is not guaranteed. Who reads the state, changes it and writes it back undoes what someone else wrote meanwhile. Daily does not say who the other is.",
  advice:
    "Give each key one writer, or each writer a key of their own, and write with `shallow-merge`. What is about one person belongs in their user data.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ [\`vote-\${question}\`]: vote }, "shallow-merge");`,
  tell: ({ count, key }) =>
    `${howMany(count, "time")} with ${key}: written without what the other had set.`,
  start: (report, trackers) => conflictRun(report, trackers, ["overwrote", "overwritten"]),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"n":1}
      2000 session-data replace {"n":2}
      2500 session-state {"n":7}
      3000 session-state {"n":2}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"n":1}
      2000 session-data shallow-merge {"n":2}
      3000 session-state {"n":2}
      3500 session-state {"n":3}
      4500 session-data shallow-merge {"n":4}
      5500 session-state {"n":4}`,
  },
};
