import { countText } from "../../lib/count-text";
import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";

/** Less than this is not worth a word: a tenth of the message, in characters. */
const SHARE = 0.1;
const MIN_CHARS = 20;

/** JSON text inside JSON. */
export const doubleEncoded: Rule = {
  id: "double-encoded",
  title: "JSON text inside JSON",
  level: "info",
  why: "sendAppMessage() makes JSON of what it is given. A string that is JSON already is encoded once more: each quote in it costs a character of the limit, and the receiver has to parse it again.",
  advice: "Pass the object itself.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage(data); // not JSON.stringify(data)`,
  rewrite: REWRITES.parsedMessage,
  tell: ({ count, key, total }) =>
    `${howMany(count, "message")} of type ${key}, which cost ${howMany(total, "character")} more than ${count === 1 ? "it" : "they"} had to: ${countText(Math.round(total / count))} each.`,
  start: (report) => ({
    event({ call, payload, messageType, type, seq, at }) {
      if (call?.method !== "sendAppMessage" || !payload?.json.startsWith('"')) return;
      const inner = messageType()?.inner;
      if (inner === undefined) return;
      const cost = payload.chars - JSON.stringify(inner).length;
      if (cost < MIN_CHARS || cost < payload.chars * SHARE) return;
      report({ key: type(), type: type(), seqs: [seq], at, amount: cost });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send "{\\"type\\":\\"status-update\\",\\"status\\":\\"ended\\",\\"by\\":\\"ada\\",\\"room\\":\\"qa\\",\\"to\\":\\"all\\"}" to *`,
    passes: `
      0 joined Ada with Bob
      10 send "playable" to *
      20 send "{\\"a\\":1}" to *`,
  },
};
