import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** daily-js 0.54 and later throw this; `only available when joined` is the word of 0.40 to 0.55. */
export const NOT_JOINED = /only supported after join|only available when joined/;

/** Sent while the call had not joined. */
export const sentBeforeJoin: Rule = {
  id: "sent-before-join",
  title: "Sent before the call had joined",
  level: "error",
  why: "Before `joined-meeting` daily-js refuses app messages and session data: it throws, and nothing is kept to be sent later. Up to daily-js 0.53 an app message was lost without a word.",
  advice: "Wait for the `joined-meeting` event, or for the promise of `join()`, before you send.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `await call.join();\ncall.sendAppMessage(data);`,
  tell: ({ count, key }) => `${key}() was called ${howMany(count, "time")} before the join.`,
  start: (report) => ({
    event({ call, phase, seq, at }) {
      if (!call || call.method === "setUserData" || phase === "left" || phase === "joined") return;
      const isRefused = NOT_JOINED.test(call.error?.message ?? "");
      const isJoining = phase === "joining" && call.method === "sendAppMessage";
      if (isRefused || isJoining) report({ key: call.method, seqs: [seq], at });
    },
  }),
  example: {
    fires: `
      0 created
      10 refused send {"type":"hi"} because sendAppMessage() only supported after join.
      20 joined Ada with Bob`,
    passes: `
      0 created
      10 joined Ada with Bob
      20 send {"type":"hi"} to *`,
  },
};
