import fc from "fast-check";
import { expect, test } from "vitest";

import { printPath } from "../lib/paths";
import { learned, type Sample, samples, typed, untyped } from "../testing/contract-samples";
import { readBaseline, writeBaseline } from "./baseline";
import { createDrift, type Drift } from "./drift";

/** What drifts from what was learned, numbered from 1. */
function driftOf(before: readonly Sample[], after: readonly Sample[]): Drift {
  const baseline = learned(before);
  const drift = createDrift(baseline);
  for (const [n, { key, value, occasion }] of after.entries())
    drift.take(key, value, { ...occasion, seq: n + 1, callId: "call-1" });
  return drift;
}

const told = ({ departures }: Drift): string[] =>
  departures.map(({ kind, label, path, expected, got, count, learnedFrom, first }) =>
    [
      `${count}× ${kind} ${label} ${printPath(path)}`.trim(),
      `${expected.join("|")} ← ${got.join("|")}`.trim(),
      `of ${learnedFrom}, first #${first.seq} from ${first.sender}`,
    ].join(", "),
  );

const POLLS = ["start", "stop", "start", "stop", "start", "stop"].map((mode) =>
  typed("poll", { mode, round: 1, options: [{ text: "Yes" }] }),
);

test("each departure is told once, with its first event, sender and count", () => {
  const options = [{ text: 1 }, { text: true }, { text: "No", votes: 1 }];
  const drift = driftOf(POLLS, [
    typed("poll", { mode: "start", round: 1, options: [] }),
    typed("poll", { mode: "pause", round: 1, options }, { sender: "bob" }),
    typed("poll", { mode: "my own words", options: {}, at: null }, { sender: "cy" }),
    typed("poll", { mode: "pause", round: 2, options }),
    typed("quiz", {}),
    typed("quiz", { a: 1 }),
    untyped({ channel: "user-data", label: "" }, { hand: true }),
  ]);
  expect(told(drift)).toEqual([
    "3× outside-enum poll mode, start|stop ← pause|text of 12 characters, of 6, first #2 from bob",
    "2× other-type poll options[*].text, string ← integer|boolean, of 6, first #2 from bob",
    "2× new-field poll options[*].votes, ← integer, of 6, first #2 from bob",
    "1× other-type poll options, array ← object, of 6, first #3 from cy",
    "1× new-field poll at, ← null, of 6, first #3 from cy",
    "1× missing-field poll round, integer ←, of 6, first #3 from cy",
    "2× new-type quiz, ← object, of 0, first #5 from ada",
    "1× new-type, ← object, of 0, first #7 from ada",
  ]);
});

test("a further key of what may be a dictionary isn't drift, unless its value is of another type", () => {
  const before = [{ ada: 1 }, { ada: 1, bob: 2 }, { cy: 0 }].map((votes) =>
    typed("poll", { votes }),
  );
  const drift = driftOf(before, [
    typed("poll", { votes: { di: 1, ada: 2 } }),
    typed("poll", { votes: { di: "x" } }),
  ]);
  expect(told(drift)).toEqual(["1× new-field poll votes.di, ← string, of 3, first #2 from ada"]);
});

test("nothing drifts from what it was learned from, also after a file", () => {
  fc.assert(
    fc.property(fc.array(samples, { maxLength: 12 }), (messages) => {
      const text = writeBaseline({
        savedAt: new Date(0),
        origin: "https://app.example",
        contract: learned(messages),
      });
      const read = readBaseline(text);
      if (!read.ok) throw new Error(read.reason);
      const drift = createDrift(read.baseline.contract);
      for (const { key, value, occasion } of messages)
        drift.take(key, value, { ...occasion, seq: 1, callId: "call-1" });
      expect(drift.departures).toEqual([]);
    }),
  );
});

test("a baseline that has not all types says nothing of new ones", () => {
  const many = Array.from({ length: 201 }, (_, n) => typed(`t${n}`, {}));
  expect(driftOf(many, [typed("other", {})]).departures).toEqual([]);
});

test("a private value isn't told, and departures are bounded", () => {
  const text = "5f1c0a9be7d24463a8b1";
  const drift = driftOf(POLLS, [
    typed("poll", { mode: text, round: text, options: [], [text]: text }),
    typed(text, {}),
    ...Array.from({ length: 300 }, (_, n) => typed(`t${n}`, {})),
  ]);
  expect(JSON.stringify(drift.departures)).not.toContain(text);
  expect(drift.departures).toHaveLength(200);
  expect(drift.isPartial).toBe(true);
});
