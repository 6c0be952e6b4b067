import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { stringsIn } from "../strings-in";

const INDEX = /^(?:i|index|idx|chunk|chunkIndex|chunk_index|part|seq|n)$/i;
const TOTAL = /^(?:of|total|count|chunks|totalChunks|total_chunks|parts|length)$/i;
const MIN_TEXT = 500;
const PARTS = 3;

/** Something large is sent in numbered parts. */
export const handChunking: Rule = {
  id: "hand-chunking",
  title: "Something large is sent in parts",
  level: "info",
  why: "No order is documented for app messages and there is no receipt, so the receiver must sort the parts and notice which are missing. Who joins in between gets the rest only.",
  advice: "Upload it and send its address.",
  docs: DOCS_PAGES.reactMessages,
  code: `const { url } = await upload(data);\ncall.sendAppMessage({ type: "document", url });`,
  tell: ({ count, key, total }) =>
    `${howMany(count, "part")} of type ${key} were sent, ${howMany(total, "character")} in all.`,
  start(report) {
    const gather = gathering(report, { times: PARTS });
    return {
      event({ call, payload, value, type, seq, at }) {
        if (call?.method !== "sendAppMessage" || !payload || payload.chars < MIN_TEXT) return;
        const data = value();
        if (typeof data !== "object" || data === null) return;
        const numbers = Object.entries(data).filter(([, each]) => typeof each === "number");
        const isPart =
          numbers.some(([key]) => INDEX.test(key)) && numbers.some(([key]) => TOTAL.test(key));
        if (!isPart || !stringsIn(data).some(({ text }) => text.length >= MIN_TEXT)) return;
        gather({ key: type(), type: type(), seqs: [seq], at, amount: payload.chars });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 3 times every 20: send {"type":"file","index":$n,"total":3,"data":"<1500>"} to *`,
    passes: `
      0 joined Ada with Bob
      10 3 times every 20: send {"type":"page","index":$n,"total":3,"data":"short"} to *`,
  },
};
