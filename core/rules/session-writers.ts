import { howMany } from "../lib/texts";
import type { Conflict } from "../daily/conflicts";
import { versionAt } from "../daily/people-tracker";
import { DOCS_PAGES, type Rule } from "./rule";
import { byName } from "./rule-parts";

/** Tells of conflicts of some kinds as their count goes up. The tracker of session data is who finds them. */
const conflicts =
  (...kinds: readonly Conflict["kind"][]): Rule["start"] =>
  (report, { session }) => {
    /** By identity: a conflict is another object each time it happens again. */
    const told = new WeakSet<Conflict>();
    const timesOf = new Map<string, number>();
    return {
      look() {
        for (const [id, conflict] of session.conflicts) {
          const { kind, keys, evidence, at, times } = conflict;
          if (!kinds.includes(kind) || told.has(conflict)) continue;
          told.add(conflict);
          const before = timesOf.get(id) ?? 0;
          if (timesOf.size < 500) timesOf.set(id, times);
          report({
            subject: byName(keys.slice(0, 5).join(", ")),
            seqs: evidence,
            at,
            paths: keys.slice(0, 10),
            times: times > before ? times - before : 1,
          });
        }
      },
    };
  };

/** Two writers of session data, of whom one wrote over the other. */
export const lostUpdate: Rule = {
  id: "lost-update",
  title: "Two writers overwrite each other",
  level: "warning",
  why: "With several writers the order of writes is not guaranteed. A writer that reads the state, changes it and writes it back undoes what someone else wrote in the meantime. Daily does not say who the other is.",
  advice:
    "Give each key one writer, or each writer a key of their own, and write with `shallow-merge`. What is about one person belongs in their user data.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ [\`vote-\${question}\`]: vote }, "shallow-merge");`,
  tell: ({ count, subject }) =>
    `${howMany(count, "time")} with ${subject.text}: written without what the other had set.`,
  start: conflicts("overwrote", "overwritten"),
};

/** A key that two writers keep changing. */
export const flipFlop: Rule = {
  id: "flip-flop",
  title: "A key goes back and forth between two writers",
  level: "warning",
  why: "Each of two pages sets the key back as soon as the other has changed it, and nothing else comes of it. That goes on until one of them leaves.",
  advice:
    "Let one participant write the key: the owner, or the first to join. Do not write in the handler of `meeting-session-state-updated`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `if (call.participants().local.owner) call.setMeetingSessionData({ stage }, "shallow-merge");`,
  tell: ({ count, subject }) =>
    `A change of ${subject.text} was undone ${howMany(count, "time")}, by turns.`,
  start: conflicts("flip-flop"),
};

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
    "Let one of them write it: the one who caused it, or the first participant by join time. The others read it from `meeting-session-state-updated`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `const isFirst = Object.values(call.participants()).every(\n  ({ joined_at }) => joined_at >= call.participants().local.joined_at,\n);\nif (isFirst) call.setMeetingSessionData({ recording: true }, "shallow-merge");`,
  tell: ({ most, subject }) =>
    `${howMany(most, "equal state")} in a row after a change of ${subject.text}, from this page and from others.`,
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
        report({ subject: byName(keys.join(", ")), seqs: run.seqs, at, amount: run.states });
      },
    };
  },
};
