import type { Payload } from "../../extension/protocol/payload";
import { budgetOf, type DataChannel, LIMITS } from "../daily/limits";
import { countText, howMany } from "../lib/texts";
import { DOCS_PAGES, REWRITES, type Rule } from "./rule";
import type { RuleEvent } from "./rule-event";
import {
  byChannel,
  countOf,
  eachEvent,
  gathered,
  isRefusedOutside,
  type Leaf,
  textsIn,
  byType,
} from "./rule-parts";

type Call = NonNullable<RuleEvent["call"]>;

/** Looks for calls by the size of their data. `measure` returns the size that is worth a word. */
const bySize = (
  measure: (payload: Payload, channel: DataChannel, call: Call) => number | undefined,
): Rule["start"] =>
  eachEvent((seen) => {
    const { call, channel, payload } = seen;
    const amount = call && channel && payload ? measure(payload, channel, call) : undefined;
    return amount === undefined ? undefined : { subject: byChannel(seen), amount };
  });

/** Larger than its channel takes. */
export const overLimit: Rule = {
  id: "over-limit",
  title: "Payload exceeds the size limit",
  level: "error",
  why: "daily-js measures `JSON.stringify(data).length` and refuses what is longer than the limit: sendAppMessage() and setMeetingSessionData() throw, setUserData() rejects. No one gets any of it.",
  advice:
    "Send less, or put the data on a server and send its address. The event shows what takes most of the room.",
  docs: DOCS_PAGES.channels,
  tell: (found) =>
    `${countOf(found, "call")} ${found.count === 1 ? "was" : "were"} refused. The largest had ${countText(found.most)} characters.`,
  start: bySize((payload, channel, call) => {
    if (payload.problem?.code === "undefined" || isRefusedOutside(call)) return undefined;
    const { level, chars } = budgetOf(channel, payload, call.limit);
    return level === "over" ? chars : undefined;
  }),
};

/** Large enough that a little more would be refused. */
const nearLimit: Rule = {
  id: "near-limit",
  title: "Close to the limit",
  level: "warning",
  why: "A longer name or one more item and daily-js refuses it: no one gets any of it.",
  advice:
    "Send only what changed, or put the data on a server and send its address. Check `JSON.stringify(data).length` before sending.",
  docs: DOCS_PAGES.channels,
  tell: (found) =>
    `${countOf(found, "call")} used 80% of the limit or more. The largest had ${countText(found.most)} characters.`,
  start: bySize((payload, channel, call) => {
    const { level, chars } = budgetOf(channel, payload, call.limit);
    return level === "near" && !payload.problem ? chars : undefined;
  }),
};

/** The room's data as a whole comes near its limit. */
const roomStateNearLimit: Rule = {
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
  start: eachEvent(({ event, payload }) => {
    if (event.kind !== "daily-event" || event.name !== "meeting-session-state-updated" || !payload)
      return undefined;
    const { level, chars } = budgetOf("session-data", payload);
    return level === "ok" ? undefined : { amount: chars };
  }),
};

/** Few enough characters, but too many bytes. */
const bytesOverLimit: Rule = {
  id: "bytes-over-limit",
  title: "More bytes than the limit, though not more characters",
  level: "warning",
  why: "daily-js counts UTF-16 characters of the JSON, while Daily’s documents speak of KB. Texts that are not Latin take two or three bytes a character in UTF-8. Whether Daily’s servers count bytes is not known.",
  advice: "Stay below the limit in bytes, too, if it must arrive.",
  docs: DOCS_PAGES.channels,
  code: `const bytes = new TextEncoder().encode(JSON.stringify(data)).length;`,
  tell: (found) =>
    `${countOf(found, "call")} took more bytes than the limit: up to ${countText(found.most)} in UTF-8.`,
  start: bySize(({ chars, bytes }, channel, { limit, outcome }) => {
    const max = limit ?? LIMITS[channel].maxChars;
    return outcome !== "threw" && chars <= max && bytes > max ? bytes : undefined;
  }),
};

/** Less than this is not worth a word: a tenth of the message, in characters. */
const SHARE = 0.1;
const MIN_COST = 20;

/** JSON text inside JSON. */
const doubleEncoded: Rule = {
  id: "double-encoded",
  title: "JSON text inside JSON",
  level: "info",
  why: "sendAppMessage() makes JSON of what it is given. A string that is JSON already is encoded once more: each quote in it costs a character of the limit, and the receiver has to parse it again.",
  advice: "Pass the object itself.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage(data); // not JSON.stringify(data)`,
  rewrite: REWRITES.parsedMessage,
  tell: (found) =>
    `${countOf(found, "message")}, which cost ${howMany(found.total, "character")} more than ${found.count === 1 ? "it" : "they"} had to: ${countText(Math.round(found.total / found.count))} each.`,
  start: eachEvent((seen) => {
    const { call, payload, messageType } = seen;
    if (call?.method !== "sendAppMessage" || !payload?.json.startsWith('"')) return undefined;
    const inner = messageType()?.inner;
    if (inner === undefined) return undefined;
    const cost = payload.chars - JSON.stringify(inner).length;
    const isMuch = cost >= MIN_COST && cost >= payload.chars * SHARE;
    return isMuch ? { subject: byType(seen), amount: cost } : undefined;
  }),
};

const MIN_BASE64 = 400;
const DATA_URL = /^data:[\w/+.-]+;base64,/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Files in the form of text. */
const base64Blob: Rule = {
  id: "base64-blob",
  title: "A file as base64 text",
  level: "warning",
  why: "Base64 makes a file a third larger, and an app message or user data takes 4 KB (documented). Cut into chunks it is slow, and nothing says that all of them arrive.",
  advice: "Upload the file and send its address.",
  docs: DOCS_PAGES.reactMessages,
  code: `const { url } = await upload(file);\ncall.sendAppMessage({ type: "image", url });`,
  tell: (found) => `${countOf(found, "call")} held ${countText(found.total)} characters of base64.`,
  start: eachEvent((seen) => {
    const { call, payload, value } = seen;
    if (!call || !payload || payload.chars < MIN_BASE64) return undefined;
    const blobs = textsIn(value()).filter(isBase64);
    if (blobs.length === 0) return undefined;
    const amount = blobs.reduce((sum, blob) => sum + blob.value.length, 0);
    return { subject: byChannel(seen), amount, paths: blobs.map(({ path }) => path) };
  }),
};

/** A long word of one kind of letters isn't a file. */
const isBase64 = ({ value }: Leaf<string>): boolean =>
  value.length >= MIN_BASE64 &&
  (DATA_URL.test(value) ||
    (value.length % 4 === 0 &&
      BASE64.test(value) &&
      [/[a-z]/, /[A-Z]/, /[0-9]/].every((kind) => kind.test(value))));

const INDEX = /^(?:i|index|idx|chunk|chunkIndex|chunk_index|part|seq|n)$/i;
const TOTAL = /^(?:of|total|count|chunks|totalChunks|total_chunks|parts|length)$/i;
const MIN_PART = 500;
const PARTS = 3;

/** Something large is sent in numbered parts. */
const handChunking: Rule = {
  id: "hand-chunking",
  title: "Something large is sent in parts",
  level: "info",
  why: "No order is documented for app messages and there is no receipt, so the receiver must sort the parts and notice which are missing. Who joins in between gets the rest only.",
  advice: "Upload it and send its address.",
  docs: DOCS_PAGES.reactMessages,
  code: `const { url } = await upload(data);\ncall.sendAppMessage({ type: "document", url });`,
  tell: (found) =>
    `${countOf(found, "part")} were sent, ${howMany(found.total, "character")} in all.`,
  start: gathered(
    { times: PARTS },
    eachEvent((seen) => {
      const { call, payload, value } = seen;
      if (call?.method !== "sendAppMessage" || !payload || payload.chars < MIN_PART)
        return undefined;
      const data = value();
      if (typeof data !== "object" || data === null) return undefined;
      const numbers = Object.entries(data).filter(([, each]) => typeof each === "number");
      const isPart =
        numbers.some(([key]) => INDEX.test(key)) &&
        numbers.some(([key]) => TOTAL.test(key)) &&
        textsIn(data).some((text) => text.value.length >= MIN_PART);
      return isPart ? { subject: byType(seen), amount: payload.chars } : undefined;
    }),
  ),
};

export const SIZES: readonly Rule[] = [
  nearLimit,
  roomStateNearLimit,
  bytesOverLimit,
  doubleEncoded,
  base64Blob,
  handChunking,
];
