import { countText } from "../../lib/count-text";
import { budgetOf, LIMITS } from "../../daily/limits";
import { DOCS_PAGES, type Rule } from "../rule";

/** The room's data as a whole comes near its limit. */
export const roomStateNearLimit: Rule = {
  id: "room-state-near-limit",
  title: "The room’s session data is nearly full",
  level: "warning",
  why: "setMeetingSessionData() measures the update only. A shallow merge of small updates can take the total over the limit; that is checked outside of the page and comes back, if at all, as a nonfatal error.",
  advice:
    "Delete keys that are done with: set them to `undefined` in a shallow merge. Keep large or growing data on a server.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ oldPoll: undefined }, "shallow-merge");`,
  tell: ({ most }) =>
    `Up to ${countText(most)} of ${countText(LIMITS["session-data"].maxChars)} characters (${Math.floor((most / LIMITS["session-data"].maxChars) * 100)}%).`,
  start: (report) => ({
    event({ event, payload, seq, at }) {
      if (event.kind !== "daily-event" || !payload) return;
      if (event.name !== "meeting-session-state-updated") return;
      const { level, chars } = budgetOf("session-data", payload);
      if (level !== "ok") report({ key: "total", seqs: [seq], at, amount: chars });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"log":"<90000>"}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"log":"<70000>"}`,
  },
};
