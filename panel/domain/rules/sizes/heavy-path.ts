import { budgetOf } from "../../limits";
import { largestPaths } from "../../size-by-path";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { base64In } from "./base64-blob";

const SHARE = 0.7;

/** Most of a large payload is in one place. */
export const heavyPath: Rule = {
  id: "heavy-path",
  title: "One place takes most of a large payload",
  level: "info",
  why: "Half of the limit or more is used, and most of that by one place. It is the one worth making smaller.",
  advice: "Send this part by reference, or only what changed in it.",
  docs: DOCS_PAGES.channels,
  tell: ({ count, key, most }) =>
    `${howMany(count, "call")} of ${key} had up to ${howMany(most, "character")} in one place.`,
  start: (report) => ({
    event({ call, payload, channel, value, type, seq, at }) {
      if (!call || !payload || !channel || call.outcome === "threw" || payload.problem) return;
      const { share, level } = budgetOf(channel, payload, call.limit);
      // What is close to the limit, or a file, is told of by a rule of its own.
      if (share < 0.5 || level !== "ok" || base64In(value()).length > 0) return;
      const [largest] = largestPaths(value(), 1);
      if (!largest || largest.chars < payload.chars * SHARE) return;
      const isMessage = channel === "app-message";
      report({
        key: isMessage ? `sendAppMessage() of type ${type()}` : `${call.method}()`,
        ...(isMessage && { type: type() }),
        seqs: [seq],
        at,
        amount: largest.chars,
        paths: [largest.path],
      });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"dump","text":"<2500>"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"dump","a":"<1200>","b":"<1200>"} to *
      20 send {"type":"image","data":"<2500:aB3d>"} to *
      30 send {"type":"dump","text":"<3500>"} to *`,
  },
};
