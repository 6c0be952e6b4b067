import { countText } from "../../lib/count-text";
import { budgetOf } from "../../daily/limits";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Large enough that a little more would be refused. */
export const nearLimit: Rule = {
  id: "near-limit",
  title: "Close to the limit",
  level: "warning",
  why: "A longer name or one more item and daily-js refuses it: no one gets any of it.",
  advice:
    "Send only what changed, or put the data on a server and send its address. Check `JSON.stringify(data).length` before sending.",
  docs: DOCS_PAGES.channels,
  tell: ({ count, key, most }) =>
    `${howMany(count, "call")} of ${key} used 80% of the limit or more. The largest had ${countText(most)} characters.`,
  start: (report) => ({
    event({ call, channel, payload, type, seq, at }) {
      if (!call || !channel || !payload || payload.problem) return;
      const { level, chars } = budgetOf(channel, payload, call.limit);
      if (level !== "near") return;
      const isMessage = channel === "app-message";
      const key = isMessage ? `sendAppMessage() of type ${type()}` : `${call.method}()`;
      report({ key, seqs: [seq], at, amount: chars, ...(isMessage && { type: type() }) });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"dump","text":"<3500>"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"dump","text":"<3000>"} to *`,
  },
};
