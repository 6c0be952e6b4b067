import { countText } from "../../lib/count-text";
import { LIMITS } from "../../daily/limits";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Few enough characters, but too many bytes. */
export const bytesOverLimit: Rule = {
  id: "bytes-over-limit",
  title: "More bytes than the limit, though not more characters",
  level: "warning",
  why: "daily-js counts UTF-16 characters of the JSON, while Daily’s documents speak of KB. Texts that are not Latin take two or three bytes a character in UTF-8. Whether Daily’s servers count bytes is not known.",
  advice: "Stay below the limit in bytes, too, if it must arrive.",
  docs: DOCS_PAGES.channels,
  code: `const bytes = new TextEncoder().encode(JSON.stringify(data)).length;`,
  tell: ({ count, key, most }) =>
    `${howMany(count, "call")} of ${key} took more bytes than the limit: up to ${countText(most)} in UTF-8.`,
  start: (report) => ({
    event({ call, channel, payload, seq, at, type }) {
      if (!call || !channel || !payload || call.outcome === "threw") return;
      const max = call.limit ?? LIMITS[channel].maxChars;
      if (payload.chars > max || payload.bytes <= max) return;
      const isMessage = channel === "app-message";
      const key = isMessage ? `sendAppMessage() of type ${type()}` : `${call.method}()`;
      report({ key, seqs: [seq], at, amount: payload.bytes, ...(isMessage && { type: type() }) });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"chat","text":"<2000:漢>"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"chat","text":"<1000:漢>"} to *`,
  },
};
