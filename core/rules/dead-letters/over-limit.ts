import { howMany } from "../how-many";
import { budgetOf } from "../../daily/limits";
import { countText } from "../../lib/count-text";
import { DOCS_PAGES, type Rule } from "../rule";
import { NOT_JOINED } from "./sent-before-join";

/** Larger than its channel takes. */
export const overLimit: Rule = {
  id: "over-limit",
  title: "Payload exceeds the size limit",
  level: "error",
  why: "daily-js measures `JSON.stringify(data).length` and refuses what is longer than the limit: sendAppMessage() and setMeetingSessionData() throw, setUserData() rejects. No one gets any of it.",
  advice:
    "Send less, or put the data on a server and send its address. The event shows what takes most of the room.",
  docs: DOCS_PAGES.channels,
  tell: ({ count, key, most }) =>
    `${howMany(count, "call")} of ${key} ${count === 1 ? "was" : "were"} refused. The largest had ${countText(most)} characters.`,
  start: (report) => ({
    event({ call, channel, payload, type, seq, at }) {
      if (!call || !channel || !payload || payload.problem?.code === "undefined") return;
      if (NOT_JOINED.test(call.error?.message ?? "")) return;
      const { level, chars } = budgetOf(channel, payload, call.limit);
      if (level !== "over") return;
      const isMessage = channel === "app-message";
      const key = isMessage ? `sendAppMessage() of type ${type()}` : `${call.method}()`;
      report({ key, seqs: [seq], at, amount: chars, ...(isMessage && { type: type() }) });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 refused send {"type":"image","data":"<5000>"} because Message data too large. Max size is 4096`,
    passes: `
      0 joined Ada with Bob
      10 send "<3000>" to *`,
  },
};
