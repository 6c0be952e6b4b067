import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";
import { sessionWrites } from "./session-writes";

/** Two in a window happen in any app: one thing changes, then another. */
const MIN_WRITES = 3;

/** Writes that come faster than they are synced. */
export const sessionWritesUnseen: Rule = {
  id: "session-writes-unseen",
  title: "Session data written faster than it syncs",
  level: "warning",
  why: "Daily sends about one update a second (documented) and puts together what was written meanwhile. The states in between are seen by nobody, and as many calls do not make as many events.",
  advice:
    "Write once, when the change is done. What happens often or at a moment is for app messages.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.sendAppMessage({ type: "drag", x, y });\nonDrop(() => call.setMeetingSessionData({ x, y }, "shallow-merge"));`,
  rewrite: REWRITES.appMessage,
  tell: ({ count, total }) =>
    `${howMany(total, "write")} went out merged with a later one, in ${howMany(count, "update")}. Nobody saw them.`,
  start: (report, trackers) =>
    sessionWrites(trackers, ({ seq, at, window }) => {
      const writes = window?.writes ?? [];
      if (writes.length < MIN_WRITES || writes.at(-1)?.seq !== seq) return;
      const seqs = writes.map((each) => each.seq);
      report({ key: "setMeetingSessionData", seqs, at, amount: writes.length - 1 });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 5 times every 50: session-data shallow-merge {"x":$n}
      1010 session-state {"x":5}`,
    passes: `
      0 joined Ada with Bob
      10 2 times every 50: session-data shallow-merge {"x":$n}
      1010 session-state {"x":2}`,
  },
};
