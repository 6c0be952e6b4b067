import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Errors of Daily that no one listened to. */
export const unheardError: Rule = {
  id: "unheard-error",
  title: "An error that no one listened to",
  level: "warning",
  why: "Daily tells of what failed by `error` and `nonfatal-error`. Without a listener the app does not know, and neither do its users. A failed write of session data shows nowhere else.",
  advice: "Listen to both, and tell the user or your logs.",
  docs: DOCS_PAGES.errorEvents,
  code: `call.on("error", ({ errorMsg }) => showFatal(errorMsg));\ncall.on("nonfatal-error", ({ type, errorMsg }) => log(type, errorMsg));`,
  tell: ({ count, key, text }) =>
    `${key} came ${howMany(count, "time")} without a listener. Daily says: ${text}`,
  start: (report) => ({
    event({ event, seq, at }) {
      if (event.kind !== "daily-event" || event.listeners > 0) return;
      if (event.name !== "error" && event.name !== "nonfatal-error") return;
      const key = event.type === undefined ? event.name : `${event.name}, ${event.type}`;
      report({ key, seqs: [seq], at, text: event.errorMsg });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 nonfatal-error input-settings-error cannot blur unheard`,
    passes: `
      0 joined Ada with Bob
      10 nonfatal-error input-settings-error cannot blur`,
  },
};
