import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** From 2^53 on not every whole number has a form of its own. 1e21 and more are written with an exponent. */
const MIN_DIGITS = /\d{16}/;
const MAX_WRITTEN = 1e21;
const MAX_PLACES = 2_000;

/** Whole numbers that JavaScript cannot hold exactly. */
export const unsafeNumber: Rule = {
  id: "unsafe-number",
  title: "A number beyond what JavaScript holds exactly",
  level: "warning",
  why: "Whole numbers beyond 2^53 are rounded when JSON is read: an id like that arrives as another one, and two of them can become the same.",
  advice: "Send ids as strings, and times in milliseconds.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "pin", messageId: String(id) });`,
  tell: ({ count, key }) => `${howMany(count, "payload")} of ${key} with such a number.`,
  start: (report) => ({
    event({ event, channel, payload, value, seq, at }) {
      if (!channel || !payload || !MIN_DIGITS.test(payload.json)) return;
      const paths = unsafeIn(value());
      const key = event.kind === "method-called" ? `${event.method}()` : channelWord(event);
      if (paths.length > 0) report({ key, seqs: [seq], at, paths });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"pin","id":98765432109876543} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"pin","id":"98765432109876543","at":1767268800000} to *`,
  },
};

const channelWord = (event: { kind: string }) =>
  "name" in event ? String(event.name) : event.kind;

function unsafeIn(value: unknown): string[] {
  const found: string[] = [];
  let places = 0;
  function visit(node: unknown, path: string, depth: number): void {
    if (++places > MAX_PLACES || depth > 50) return;
    if (typeof node === "number") {
      const isOdd = Number.isInteger(node) && !Number.isSafeInteger(node);
      if (isOdd && Math.abs(node) < MAX_WRITTEN) found.push(path || "(the message)");
    } else if (typeof node === "object" && node !== null)
      for (const [key, each] of Object.entries(node))
        visit(each, path === "" ? key : `${path}.${key}`, depth + 1);
  }
  visit(value, "", 0);
  return found;
}
