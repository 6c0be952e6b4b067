import { applyUpdate, changedKeys } from "../../daily/merge";
import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { beforeWrite } from "./before-write";
import { sessionWrites } from "./session-writes";

/** Once or twice is a safe habit; more is a loop or an effect that runs too often. Our own choice. */
const TIMES = 3;

/** Writes that change nothing. */
export const unchangedWrite: Rule = {
  id: "unchanged-write",
  title: "Session data written again without a change",
  level: "info",
  why: "The room had these values already. Each write still takes its turn in the sync and makes an event for everyone.",
  advice:
    "Compare with `meetingSessionState().data` before writing; in React, check what the effect depends on.",
  docs: DOCS_PAGES.setMeetingSessionData,
  tell: ({ count }) => `${howMany(count, "write")} changed nothing.`,
  start(report, trackers) {
    const gather = gathering(report, { times: TIMES });
    return sessionWrites(trackers, (write) => {
      const room = beforeWrite(write);
      if (!write.base || changedKeys(room, applyUpdate(room, write.update)).length > 0) return;
      gather({ key: "setMeetingSessionData", seqs: [write.seq], at: write.at });
    });
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"a":1}
      2000 3 times every 3000: session-data shallow-merge {"a":1}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"a":1}
      2000 2 times every 3000: session-data shallow-merge {"a":1}
      9000 session-data shallow-merge {"a":2}
      9900 session-state {"a":2}`,
  },
};
