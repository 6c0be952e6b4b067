import { lostKeysOf } from "../../daily/session-write";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { sessionWrites } from "./session-writes";

/** One in a sync happens in any app: a thing changes, then changes again. */
const MIN_LOST = 2;

/** Writes that come faster than they are synced. */
export const sessionWritesUnseen: Rule = {
  id: "session-writes-unseen",
  title: "Session data written faster than it syncs",
  level: "warning",
  why: "Daily sends about one update a second (documented) and merges what was written in the meantime. A value that a later write replaces before the sync is never sent, and fewer update events fire than writes you make.",
  advice:
    "Write once, when the change is done. What happens often or at a moment is for app messages.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.sendAppMessage({ type: "drag", x, y });\nonDrop(() => call.setMeetingSessionData({ x, y }, "shallow-merge"));`,
  tell: ({ count, total, paths }) =>
    `${howMany(total, "value")} of ${paths.join(", ")} were replaced by a later write before sync, in ${howMany(count, "update")}, and never sent.`,
  start: (report, trackers) =>
    sessionWrites(trackers, ({ seq, at, window }) => {
      if (window?.writes.at(-1)?.seq !== seq) return;
      const losing = window.writes.filter((write) => lostKeysOf(write).length > 0);
      const amount = losing.flatMap(lostKeysOf).length;
      if (amount < MIN_LOST) return;
      const seqs = [...losing.map((each) => each.seq), seq];
      const paths = [...new Set(losing.flatMap(lostKeysOf))];
      report({ key: "setMeetingSessionData", seqs, at, amount, paths });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 5 times every 50: session-data shallow-merge {"x":$n}
      1010 session-state {"x":5}`,
    passes: `
      0 joined Ada with Bob
      10 session-data shallow-merge {"stage":"Bob"}
      20 session-data shallow-merge {"topic":"Tea"}
      30 session-data shallow-merge {"open":true}
      1010 session-state {"stage":"Bob","topic":"Tea","open":true}`,
  },
};
