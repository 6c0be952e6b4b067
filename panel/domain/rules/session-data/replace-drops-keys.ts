import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";
import { dataOf } from "../../session-tracker";
import { beforeWrite, droppedByPatch } from "./before-write";
import { sessionWrites } from "./session-writes";

/** A replace that was probably meant as a merge. */
export const replaceDropsKeys: Rule = {
  id: "replace-drops-keys",
  title: "A replace drops the other keys",
  level: "warning",
  why: "`replace` is the default of setMeetingSessionData(): it swaps the whole object. These writes hold only what changed, so everything else that was in the room is gone.",
  advice: "Use `shallow-merge` to change some keys and keep the others.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ poll }, "shallow-merge");`,
  rewrite: REWRITES.sessionMerge,
  tell: ({ count, paths }) => `${howMany(count, "replace")} dropped ${paths.join(", ")}.`,
  start: (report, trackers) =>
    sessionWrites(trackers, (write) => {
      const { seq, at, update, base } = write;
      if (update.strategy !== "replace") return;
      // What had not even been synced was never in the room: `batch-poisoned` tells of that.
      const dropped = droppedByPatch(beforeWrite(write), update.data).filter((key) =>
        Object.hasOwn(dataOf(base), key),
      );
      if (dropped.length === 0) return;
      const seqs = base ? [seq, base.seq] : [seq];
      report({ key: "replace", seqs, at, paths: dropped.slice(0, 10) });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"stage":"Bob","topic":"Tea"}
      2000 session-data replace {"isRecording":true}
      3000 session-state {"isRecording":true}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"stage":"Bob","topic":"Tea"}
      2000 session-data replace {"topic":"Tea"}
      3000 session-state {"topic":"Tea"}`,
  },
};
