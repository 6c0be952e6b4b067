import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { NOT_JOINED } from "./sent-before-join";

/** Sent once the call had left or ended. */
export const sentAfterLeave: Rule = {
  id: "sent-after-leave",
  title: "Sent after the call had left",
  level: "error",
  why: "After `left-meeting`, a fatal error or `destroy()` daily-js refuses app messages and session data. Inside the handler of `left-meeting` it is too late already.",
  advice:
    "Send a goodbye before you call `leave()`, and stop timers that send when the call leaves.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage({ type: "bye" });\nawait call.leave();`,
  tell: ({ count, key }) =>
    `${key}() was called ${howMany(count, "time")} after the call had left.`,
  start: (report) => ({
    event({ call, phase, seq, at }) {
      if (call && phase === "left" && NOT_JOINED.test(call.error?.message ?? ""))
        report({ key: call.method, seqs: [seq], at });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 leaves
      20 refused send {"type":"bye"} because sendAppMessage() only supported after join.`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"bye"} to *
      20 leaves`,
  },
};
