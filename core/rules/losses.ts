import { howMany } from "../lib/texts";
import type { Loss, PageEvent } from "../../extension/protocol/event";
import { isHarmless, isUncloneable, lossPath, lossText } from "../daily/losses";
import { DOCS_PAGES, type Rule } from "./rule";
import { byChannel, countOf, eachEvent, leavesIn, byName, nameOf } from "./rule-parts";

/** In the words of each browser, with Daily's own before them (daily-js 0.92.2). */
const UNCLONEABLE = /DataCloneError|could not be cloned/;

/** A call that was refused because of what its data holds, at once or by its promise. */
function refusalOf(event: PageEvent) {
  if (event.kind !== "method-called" && event.kind !== "method-settled") return [];
  const { method, error } = event;
  if (!error || !UNCLONEABLE.test(`${error.name}: ${error.message}`)) return [];
  const seqs = event.kind === "method-called" ? [event.seq] : [event.calledSeq, event.seq];
  return [{ subject: byName(`${method}()`), seqs, text: error.message }];
}

/** Data that JSON has no form for. */
const notSerialisable: Rule = {
  id: "not-serialisable",
  title: "Data that cannot be sent",
  level: "error",
  why: "All three channels carry JSON. A circular structure, a BigInt, a function or nothing at all has no form in it, and daily-js throws or rejects.",
  advice: "Build a plain object of what the others need, instead of passing on a large one.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "user", id: user.id, name: user.name });`,
  tell: (found) => `${countOf(found, "call")}: ${(found.text ?? "").replace(/\.$/, "")}.`,
  start: eachEvent(({ event, call, payload }) => {
    const refused = refusalOf(event);
    const problem = payload?.problem;
    if (!call || !problem || problem.code === "truncated") return refused;
    // Setting user data to undefined removes it, as documented.
    if (call.method === "setUserData" && problem.message.endsWith("undefined")) return refused;
    return [...refused, { subject: byName(`${call.method}()`), text: problem.message }];
  }),
};

/** Reports calls with losses of one sort: a finding for each method (or type of message) and what becomes of a value. */
const losing = (isMeant: (loss: Loss) => boolean): Pick<Rule, "tell" | "start"> => ({
  tell: ({ count, subject, paths }) =>
    `${howMany(count, "time")} in ${subject.text}, at ${paths.join(", ")}.`,
  start: eachEvent((seen) => {
    const { call } = seen;
    // What was refused has not been sent, and what cannot be cloned is refused or makes the next join fail.
    if (!call?.lost || call.outcome === "threw") return undefined;
    return call.lost
      .filter((loss) => !isUncloneable(loss) && isMeant(loss))
      .map((loss) => {
        const text = lossText(loss);
        return { subject: byChannel(seen, `: ${text}`), paths: [lossPath(loss)], text };
      });
  }),
});

/** Values of which nothing arrives, or something that means nothing. */
const lostInJson: Rule = {
  id: "lost-in-json",
  title: "Values that JSON loses",
  level: "warning",
  why: "All three channels carry JSON. A Map or a Set arrives as {}, and NaN as null. daily-js warns on the console at most.",
  advice: "Send what JSON can hold: `[...set]`, `Object.fromEntries(map)`, a number or nothing.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "tags", tags: [...tags], byId: Object.fromEntries(byId) });`,
  ...losing((loss) => !isHarmless(loss)),
};

/** Values that arrive as something else, which may do. */
const changedByJson: Rule = {
  id: "changed-by-json",
  title: "Values that arrive in another form",
  level: "info",
  why: "All three channels carry JSON. A Date arrives as text, an instance of a class as a plain object without its methods, and a key that is undefined is not there.",
  advice: "Where the other side relies on it, make it again there: `new Date(data.at)`.",
  docs: DOCS_PAGES.channels,
  code: `call.on("app-message", ({ data }) => show(new Date(data.at)));`,
  ...losing(isHarmless),
};

/** As many calls without an answer are remembered. */
const MAX_WAITING = 100;

/** User data that is taken outside of a call, and makes the next join fail. */
const poisonedUserData: Rule = {
  id: "poisoned-user-data",
  title: "User data that will make join() fail",
  level: "error",
  why: "Before the call is loaded and after it was left, setUserData() only keeps the value and resolves. join() then hands it to the call machine, which cannot be given a function: it rejects with a DataCloneError, and the call stays in joining-meeting.",
  advice: "Set plain data before join(): what JSON can hold, and nothing else.",
  docs: DOCS_PAGES.setUserData,
  code: `await call.setUserData({ role: "host" });\nawait call.join({ url });`,
  tell: ({ count, paths }) =>
    `${howMany(count, "call")} kept a value that cannot be handed on, at ${paths.join(", ")}.`,
  start(report) {
    const waiting = new Map<number, readonly string[]>();
    return {
      event({ event, call, at }) {
        const paths = call?.method === "setUserData" ? call.lost?.filter(isUncloneable) : undefined;
        if (call && paths && paths.length > 0 && waiting.size < MAX_WAITING)
          waiting.set(call.seq, paths.map(lossPath));
        if (event.kind !== "method-settled") return;
        const found = waiting.get(event.calledSeq);
        waiting.delete(event.calledSeq);
        // In a live call it is refused, or resolved with what was set (daily-js 0.92.2).
        if (!found || event.outcome !== "resolved" || event.valueType !== "undefined") return;
        report({ seqs: [event.calledSeq, event.seq], at, paths: found });
      },
    };
  },
};

/** From 2^53 on not every whole number has a form of its own. 1e21 and more are written with an exponent. */
const MIN_DIGITS = /\d{16}/;
const MAX_WRITTEN = 1e21;

const isUnsafe = (value: unknown): boolean =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(Number(value)) < MAX_WRITTEN;

/** Whole numbers that JavaScript cannot hold exactly. */
const unsafeNumber: Rule = {
  id: "unsafe-number",
  title: "A number beyond what JavaScript holds exactly",
  level: "warning",
  why: "Whole numbers beyond 2^53 are rounded when JSON is read: an id like that arrives as another one, and two of them can become the same.",
  advice: "Send ids as strings, and times in milliseconds.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "pin", messageId: String(id) });`,
  tell: (found) => `${countOf(found, "payload")} with such a number.`,
  start: eachEvent((seen) => {
    const { channel, payload, value } = seen;
    if (!channel || !payload || !MIN_DIGITS.test(payload.json)) return undefined;
    const unsafe = leavesIn(value()).filter((leaf) => isUnsafe(leaf.value));
    if (unsafe.length === 0) return undefined;
    return { subject: byName(nameOf(seen)), paths: unsafe.map(({ path }) => path) };
  }),
};

export const LOSSES: readonly Rule[] = [
  notSerialisable,
  lostInJson,
  changedByJson,
  poisonedUserData,
  unsafeNumber,
];
