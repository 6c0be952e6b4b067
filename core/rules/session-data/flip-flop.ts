import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { conflictRun } from "./conflict-run";

/** A key that two writers keep changing. */
export const flipFlop: Rule = {
  id: "flip-flop",
  title: "A key goes back and forth between two writers",
  level: "warning",
  why: "Each of two pages sets the key back as soon as the other has changed it, and nothing else comes of it. That goes on until one of them leaves.",
  advice:
    "Let one participant write the key: the owner, or whoever joined first. Do not write in the handler of `meeting-session-state-updated`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `if (call.participants().local.owner) call.setMeetingSessionData({ stage }, "shallow-merge");`,
  tell: ({ count, key }) => `A change of ${key} was undone ${howMany(count, "time")}, by turns.`,
  start: (report, trackers) => conflictRun(report, trackers, ["flip-flop"]),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"n":0}
      1000 session-data shallow-merge {"n":1}
      1500 session-state {"n":1}
      2500 session-state {"n":0}
      3000 session-data shallow-merge {"n":1}
      3500 session-state {"n":1}
      4500 session-state {"n":0}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"turn":"Ada","move":0}
      1000 session-data replace {"turn":"Bob","move":1}
      1500 session-state {"turn":"Bob","move":1}
      2500 session-state {"turn":"Ada","move":2}
      3000 session-data replace {"turn":"Bob","move":3}
      3500 session-state {"turn":"Bob","move":3}
      4500 session-state {"turn":"Ada","move":4}`,
  },
};
