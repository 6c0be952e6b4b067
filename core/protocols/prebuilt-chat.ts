import { contentBeside, fieldsOf, isFields, said, textIn, typeTable } from "./fields";
import type { Fields, Protocol, Reader } from "./protocol";

/** Requests have no ids: an answer is of the one who was asked. */
const HISTORY = "chat history";

/** Bots write the name of the sender as `user`. */
const chatLine = (body: Fields): string | undefined => {
  const text = textIn(body, "message");
  return text === undefined ? undefined : said(textIn(body, "name", "user") ?? "message", text);
};

const READERS: Readonly<Record<string, Reader>> = {
  "chat-msg": (body) => ({ line: chatLine(body) }),
  "request-chat-history": () => ({
    // Prebuilt for Android never answers, and others are asked then.
    asks: { key: HISTORY, isExpected: false, isByPeer: true },
  }),
  "sync-chat-msg": (body) => ({
    line: chatLine(fieldsOf(body["message"])),
    answers: { key: HISTORY, isPartial: true, isByPeer: true },
  }),
  "sync-chat-complete": () => ({ answers: { key: HISTORY, isByPeer: true } }),
};

const TYPES = typeTable(READERS);

/** The chat of Daily Prebuilt, and how those who join late get its history. */
export const PREBUILT_CHAT: Protocol = {
  id: "prebuilt-chat",
  name: "Prebuilt chat",
  note: "The chat of Daily Prebuilt",
  recognise(value) {
    if (!isFields(value)) return undefined;
    const type = value["event"];
    if (typeof type !== "string" || !TYPES.has(type)) return undefined;
    return { type, body: value, message: value, content: contentBeside(value, ["event"]) };
  },
  types: TYPES,
};
