import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { sessionWrites } from "./session-writes";

/** Writes that Daily could not store, or that never went out. */
export const writeFailed: Rule = {
  id: "write-failed",
  title: "A write that Daily could not store",
  level: "error",
  why: "setMeetingSessionData() returned without an error, and the failure came later as a nonfatal error of the type meeting-session-data-error. The room does not have the data.",
  advice: "Handle `nonfatal-error`, and keep the room’s data below 100 KB in all (documented).",
  docs: DOCS_PAGES.errorEvents,
  code: `call.on("nonfatal-error", ({ type, errorMsg }) => {\n  if (type === "meeting-session-data-error") report(errorMsg);\n});`,
  tell: ({ count, text }) => `${howMany(count, "write")} failed. Daily says: ${text}`,
  start: (report, trackers) =>
    sessionWrites(trackers, ({ seq, at, fate }) => {
      if (fate.kind === "failed")
        report({ key: "failed", seqs: [seq, fate.by], at, text: fate.message });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-data replace {"a":1}
      900 nonfatal-error meeting-session-data-error merged data too large`,
    passes: `
      0 joined Ada with Bob
      10 session-data replace {"a":1}
      900 session-state {"a":1}
      950 nonfatal-error screen-share-error not allowed`,
  },
};
