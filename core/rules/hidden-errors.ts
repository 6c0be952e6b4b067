import { howMany } from "../lib/texts";
import { DOCS_PAGES, type Rule } from "./rule";
import { eachEvent, byName } from "./rule-parts";

/** Errors of Daily that no one listened to. */
const unheardError: Rule = {
  id: "unheard-error",
  title: "An error that no one listened to",
  level: "warning",
  why: "Daily tells of what failed by `error` and `nonfatal-error`. Without a listener the app does not know, and neither do its users. A failed write of session data shows nowhere else.",
  advice: "Listen to both, and tell the user or your logs.",
  docs: DOCS_PAGES.errorEvents,
  code: `call.on("error", ({ errorMsg }) => showFatal(errorMsg));\ncall.on("nonfatal-error", ({ type, errorMsg }) => log(type, errorMsg));`,
  tell: ({ count, subject, text }) =>
    `${subject.text} came ${howMany(count, "time")} without a listener. Daily says: ${text}`,
  start: eachEvent(({ event }) => {
    if (event.kind !== "daily-event" || event.listeners > 0) return undefined;
    if (event.name !== "error" && event.name !== "nonfatal-error") return undefined;
    const { name, type, errorMsg: text } = event;
    return { subject: byName(type === undefined ? name : `${name}, ${type}`), text };
  }),
};

/** A call object whose constructor threw. */
const failedConstructor: Rule = {
  id: "failed-constructor",
  title: "A call object that could not be made, but stays",
  level: "error",
  why: "createCallObject() or createFrame() threw, for example because of an invalid option, but daily-js has registered the instance already. The next one is refused: `Duplicate DailyIframe instances are not allowed`.",
  advice:
    "Mend the option that the error names. Until the page is reloaded, get the instance and destroy it.",
  docs: DOCS_PAGES.errorEvents,
  code: `await Daily.getCallInstance()?.destroy();`,
  tell: () => `The constructor threw, and the instance is still there.`,
  start: eachEvent(({ event }) => (event.kind === "call-failed" ? {} : undefined)),
};

/** A second call object that joins the room in which the first one is. */
const severalCalls: Rule = {
  id: "several-calls",
  title: "Several call objects of one page in one room",
  level: "info",
  why: "Each has its own listeners and its own place in the room. If it is not meant so, one was made twice (React’s StrictMode mounts twice, DailyProvider makes a new one when its options change), and messages seem to arrive at random.",
  advice:
    "Make one call object, keep it, and `await call.destroy()` before you make another. If you need several, nothing is wrong.",
  docs: DOCS_PAGES.messagingEvents,
  code: `const call = Daily.getCallInstance() ?? Daily.createCallObject();`,
  tell: ({ most }) =>
    `Joined while ${howMany(most, "other call object")} of this page ${most === 1 ? "was" : "were"} in the same room.`,
  start: eachEvent(({ event, otherCalls }) =>
    event.kind === "daily-event" && event.name === "joined-meeting" && otherCalls > 0
      ? { amount: otherCalls }
      : undefined,
  ),
};

export const HIDDEN_ERRORS: readonly Rule[] = [unheardError, failedConstructor, severalCalls];
