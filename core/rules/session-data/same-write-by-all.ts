import { versionAt } from "../../daily/people-tracker";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Equal states that follow each other this closely come from one occasion. Our own choice, like the number. */
const WITHIN_MS = 5_000;
const STATES = 3;
const MAX_WRITES = 100;

/** A state shows what was written up to so long before it. */
const SYNC_MS = 1_500;

type Run = {
  readonly keys: readonly string[];
  readonly topology: string | undefined;
  readonly startedAt: number;
  seqs: number[];
  latestAt: number;
  states: number;
};

/** The same state again and again, from this page and from others: each writes what one of them would have to. */
export const sameWriteByAll: Rule = {
  id: "same-write-by-all",
  title: "Several participants write the same session data",
  level: "info",
  why: "Something that reaches everyone, such as `recording-started`, made each of them write the same keys. Every write takes its turn in the sync and makes an event for everyone; with 50 people that is 50 events for one change.",
  advice:
    "Let one of them write it: whoever caused it, or the first participant by join time. The others read it from `meeting-session-state-updated`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `const isFirst = Object.values(call.participants()).every(\n  ({ joined_at }) => joined_at >= call.participants().local.joined_at,\n);\nif (isFirst) call.setMeetingSessionData({ recording: true }, "shallow-merge");`,
  tell: ({ most, key }) =>
    `${howMany(most, "equal state")} in a row after a change of ${key}, from this page and from others.`,
  start(report, { session }) {
    let run: Run | undefined;
    /** When this page wrote lately; each write makes a state at most. */
    let writes: number[] = [];
    return {
      event({ event, call, seq, at }) {
        if (call?.method === "setMeetingSessionData" && call.outcome !== "threw")
          writes = [...writes, at].slice(-MAX_WRITES);
        if (event.kind !== "daily-event" || event.name !== "meeting-session-state-updated") return;
        const version = event.payload && versionAt(session.versions, seq);
        if (version?.seq !== seq) return;
        if (version.changed.length > 0) {
          const { changed: keys } = version;
          const { topology } = event;
          run = { keys, topology, startedAt: at - SYNC_MS, seqs: [seq], latestAt: at, states: 1 };
          return;
        }
        // A change of topology tells the state again, which no one wrote.
        if (!run || event.topology !== run.topology || at - run.latestAt > WITHIN_MS) {
          run = undefined;
          return;
        }
        const { startedAt, keys } = run;
        run.seqs = [...run.seqs, seq].slice(-10);
        run.latestAt = at;
        run.states++;
        const own = writes.filter((each) => each >= startedAt).length;
        // More states than this page wrote: the others came from someone else.
        if (run.states < STATES || own === 0 || run.states <= own) return;
        report({ key: keys.join(", "), seqs: run.seqs, at, amount: run.states });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob, Cy
      1000 session-data shallow-merge {"recording":true}
      1200 session-state {"recording":true}
      1900 session-state {"recording":true}
      2900 session-state {"recording":true}`,
    passes: `
      0 joined Ada with Bob, Cy
      1000 session-data shallow-merge {"recording":true}
      1900 session-state {"recording":true}
      9000 session-state {"recording":true}
      20000 session-state {"recording":true}`,
  },
};
