import type { PageEvent } from "../../../extension/protocol/event";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** In the words of each browser, with Daily's own before them (daily-js 0.92.2). */
const UNCLONEABLE = /DataCloneError|could not be cloned/;

/** A call that was refused because of what its data holds, at once or by its promise. */
function refusalOf(event: PageEvent): { key: string; seqs: number[]; text: string } | undefined {
  if (event.kind !== "method-called" && event.kind !== "method-settled") return undefined;
  const { method: key, error } = event;
  if (!error || !UNCLONEABLE.test(`${error.name}: ${error.message}`)) return undefined;
  const seqs = event.kind === "method-called" ? [event.seq] : [event.calledSeq, event.seq];
  return { key, seqs, text: error.message };
}

/** Data that JSON has no form for. */
export const notSerialisable: Rule = {
  id: "not-serialisable",
  title: "Data that cannot be sent",
  level: "error",
  why: "All three channels carry JSON. A circular structure, a BigInt, a function or nothing at all has no form in it, and daily-js throws or rejects.",
  advice: "Build a plain object of what the others need, instead of passing on a large one.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "user", id: user.id, name: user.name });`,
  tell: ({ count, key, text = "" }) =>
    `${howMany(count, "call")} of ${key}(): ${text.replace(/\.$/, "")}.`,
  start: (report) => ({
    event({ event, call, payload, seq, at }) {
      const refused = refusalOf(event);
      if (refused) report({ ...refused, at });
      const problem = payload?.problem;
      if (!call || !problem || problem.code === "truncated") return;
      // Setting user data to undefined removes it, as documented.
      if (call.method === "setUserData" && problem.message.endsWith("undefined")) return;
      report({ key: call.method, seqs: [seq], at, text: problem.message });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 refused send circular because Converting circular structure to JSON`,
    passes: `
      0 joined Ada with Bob
      10 user-data undefined
      11 settles 2 resolved object`,
  },
};
