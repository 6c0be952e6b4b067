import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";
import type { SessionData } from "../../daily/merge";
import { dataOf } from "../../daily/session-tracker";
import type { SessionVersion } from "../../daily/session-write";
import { beforeWrite, droppedByPatch } from "./before-write";
import { sessionWrites } from "./session-writes";
import { setBy } from "./set-by";

/** A replace that was probably meant as a merge. */
export const replaceDropsKeys: Rule = {
  id: "replace-drops-keys",
  title: "A replace drops the other keys",
  level: "warning",
  why: "`replace` is the default of setMeetingSessionData(): it swaps the whole object. These writes hold only what changed, and what others had set, or other writes, is gone with it. Keys that were set together with these are not counted: dropping them may have been meant.",
  advice:
    "Use `shallow-merge` to change some keys and keep the others. If the room was meant to start anew, nothing is wrong.",
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
      const lost = base ? foreignTo(update.data, dropped, trackers.session.versions, base.seq) : [];
      if (lost.length === 0) return;
      const seqs = base ? [seq, base.seq] : [seq];
      report({ key: "replace", seqs, at, paths: lost.slice(0, 10) });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"stage":"Bob","topic":"Tea"}
      2000 session-data replace {"isRecording":true}
      3000 session-state {"isRecording":true}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"status":"playing","position":12}
      2000 session-data replace {"status":"stopped"}
      3000 session-state {"status":"stopped"}`,
  },
};

/**
 * Those dropped keys that do not belong to what is given: set by someone else, or, where nothing that was there is
 * given, by several writes. What was set in one with a given key is part of the same value.
 */
function foreignTo(
  given: SessionData,
  dropped: readonly string[],
  versions: readonly SessionVersion[],
  seq: number,
): string[] {
  const together = new Set(Object.keys(given).map((key) => setBy(versions, seq, key)?.seq));
  const isNew = [...together].every((each) => each === undefined);
  const foreign = dropped.map((key) => ({ key, by: setBy(versions, seq, key) }));
  const lost = foreign.filter(({ by }) => !by || !together.has(by.seq));
  const isOfOthers = lost.some(({ by }) => by?.author !== "page");
  const isOfSeveral = isNew && new Set(lost.map(({ by }) => by?.seq)).size > 1;
  return isOfOthers || isOfSeveral ? lost.map(({ key }) => key) : [];
}
