import { countText } from "../../lib/count-text";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { type PlacedText, stringsIn } from "../strings-in";

const MIN_CHARS = 400;
const DATA_URL = /^data:[\w/+.-]+;base64,/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Files in the form of text. */
export const base64Blob: Rule = {
  id: "base64-blob",
  title: "A file as base64 text",
  level: "warning",
  why: "Base64 makes a file a third larger, and an app message or user data takes 4 KB (documented). Cut into chunks it is slow, and nothing says that all of them arrive.",
  advice: "Upload the file and send its address.",
  docs: DOCS_PAGES.reactMessages,
  code: `const { url } = await upload(file);\ncall.sendAppMessage({ type: "image", url });`,
  tell: ({ count, key, total }) =>
    `${howMany(count, "call")} of ${key} held ${countText(total)} characters of base64.`,
  start: (report) => ({
    event({ call, payload, channel, type, value, seq, at }) {
      if (!call || !payload || payload.chars < MIN_CHARS) return;
      const blobs = base64In(value());
      if (blobs.length === 0) return;
      const isMessage = channel === "app-message";
      report({
        key: isMessage ? `sendAppMessage() of type ${type()}` : `${call.method}()`,
        ...(isMessage && { type: type() }),
        seqs: [seq],
        at,
        amount: blobs.reduce((sum, { text }) => sum + text.length, 0),
        paths: blobs.map(({ path }) => path || "(the message)"),
      });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"image","data":"<800:aB3d>"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"chat","text":"<800:A long text of 3 words >"} to *`,
  },
};

/** The places of a value that hold base64. */
const base64In = (value: unknown): PlacedText[] =>
  stringsIn(value).filter(({ text }) => isBase64(text));

/** A long word of one kind of letters is no file. */
const isBase64 = (text: string): boolean =>
  text.length >= MIN_CHARS &&
  (DATA_URL.test(text) ||
    (text.length % 4 === 0 &&
      BASE64.test(text) &&
      [/[a-z]/, /[A-Z]/, /[0-9]/].every((kind) => kind.test(text))));
