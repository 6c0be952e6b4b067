import { isUncloneable, lossPath } from "../../daily/losses";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** As many calls without an answer are remembered. */
const MAX_WAITING = 100;

/** User data that is taken outside of a call, and makes the next join fail. */
export const poisonedUserData: Rule = {
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
        report({ key: "setUserData()", seqs: [event.calledSeq, event.seq], at, paths: found });
      },
    };
  },
  example: {
    fires: `
      0 created
      10 user-data {} losing function at onClick
      11 settles 2 resolved undefined`,
    passes: `
      0 joined Ada with Bob
      10 user-data {} losing function at onClick
      11 settles 2 rejected Error setting user data: DataCloneError: f(){} could not be cloned.`,
  },
};
