import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";
import { sessionWrites } from "./session-writes";

/** Keys that a later write of the same window threw away. */
export const batchPoisoned: Rule = {
  id: "batch-poisoned",
  title: "A replace throws away what waited with it",
  level: "warning",
  why: "What is written within the same second goes out together. One `replace` among it discards everything that waited before it: those keys never reach the room.",
  advice: "Use `shallow-merge` everywhere, or write everything in one call.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ stage, poll }, "shallow-merge");`,
  rewrite: REWRITES.sessionMerge,
  tell: ({ count, paths }) =>
    `${howMany(count, "write")} lost before the sync: ${paths.join(", ")}.`,
  start: (report, trackers) =>
    sessionWrites(trackers, ({ seq, at, fate, window }) => {
      if (fate.kind !== "coalesced") return;
      const replace = window?.writes.find(
        (each) => each.seq > seq && each.update.strategy === "replace",
      );
      if (!replace) return;
      // A key that is written again was not lost, only changed.
      const lost = fate.lostKeys.filter(
        (key) => !Object.hasOwn(window?.effective?.data ?? {}, key),
      );
      if (lost.length > 0)
        report({ key: "replace", seqs: [seq, replace.seq], at, paths: lost.slice(0, 10) });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-data shallow-merge {"stage":"Bob"}
      100 session-data replace {"poll":1}
      1010 session-state {"poll":1}`,
    passes: `
      0 joined Ada with Bob
      10 session-data shallow-merge {"stage":"Bob"}
      100 session-data shallow-merge {"poll":1}
      1010 session-state {"stage":"Bob","poll":1}`,
  },
};
