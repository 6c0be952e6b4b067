import { hasLostValue } from "../../session-write";
import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";
import { sessionWrites } from "./session-writes";

/** Two in a window happen in any app: one thing changes, then another. */
const MIN_UNSEEN = 2;

/** Writes that come faster than they are synced. */
export const sessionWritesUnseen: Rule = {
  id: "session-writes-unseen",
  title: "Session data written faster than it syncs",
  level: "warning",
  why: "Daily sends about one update a second (documented) and puts together what was written meanwhile. A value that is replaced before it goes out is seen by nobody, and as many calls do not make as many events.",
  advice:
    "Write once, when the change is done. What happens often or at a moment is for app messages.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.sendAppMessage({ type: "drag", x, y });\nonDrop(() => call.setMeetingSessionData({ x, y }, "shallow-merge"));`,
  rewrite: REWRITES.appMessage,
  tell: ({ count, total }) =>
    `${howMany(total, "write")} went out merged with a later one, in ${howMany(count, "update")}, which replaced what they set: nobody saw that.`,
  start: (report, trackers) =>
    sessionWrites(trackers, ({ seq, at, window }) => {
      if (window?.writes.at(-1)?.seq !== seq) return;
      const lost = window.writes.filter(hasLostValue);
      if (lost.length < MIN_UNSEEN) return;
      const seqs = [...lost.map((each) => each.seq), seq];
      report({ key: "setMeetingSessionData", seqs, at, amount: lost.length });
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
