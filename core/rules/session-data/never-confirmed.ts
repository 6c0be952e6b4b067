import { countText } from "../../lib/count-text";
import { UNCONFIRMED_AFTER_MS } from "../../daily/session-tracker";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule, type Sighting } from "../rule";
import { sessionWrites } from "./session-writes";

/** More writes than this hardly wait at once. */
const MAX_TOLD = 500;

/** Writes that no state ever showed. */
export const neverConfirmed: Rule = {
  id: "never-confirmed",
  title: "A write that no state confirmed",
  level: "warning",
  why: "setMeetingSessionData() has no receipt: a write is known to be in the room when `meeting-session-state-updated` shows it. These were not shown within 5 s, or later writes came through and these did not.",
  advice:
    "Listen to `nonfatal-error`, where Daily reports a failed write, and check whether someone else writes the same keys.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.on("nonfatal-error", ({ type, errorMsg }) => {\n  if (type === "meeting-session-data-error") report(errorMsg);\n});`,
  tell: ({ count }) =>
    `${howMany(count, "write")} not seen in any state within ${countText(UNCONFIRMED_AFTER_MS)} ms.`,
  start(report, trackers, retract) {
    /** Told of, and still waiting: a state that comes late refutes it. */
    const told = new Map<number, Sighting>();
    return {
      ...sessionWrites(trackers, ({ seq, at, fate }) => {
        if (fate.kind !== "unconfirmed" && fate.kind !== "queued") return;
        const sighting = { key: "setMeetingSessionData", seqs: [seq], at };
        report(sighting);
        if (fate.kind === "queued" && told.size < MAX_TOLD) told.set(seq, sighting);
      }),
      look() {
        for (const [seq, sighting] of told) {
          const kind = trackers.session.writes.get(seq)?.fate.kind;
          if (kind === "queued") continue;
          told.delete(seq);
          if (kind === "synced" || kind === "coalesced" || kind === "overwritten")
            retract(sighting);
        }
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-data replace {"a":1}
      9000 joins Cy`,
    passes: `
      0 joined Ada with Bob
      10 session-data replace {"a":1}
      900 session-state {"a":1}`,
  },
};
