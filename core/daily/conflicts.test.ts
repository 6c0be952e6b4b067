import { describe, expect, test } from "vitest";

import { story } from "../testing/session-story";
import { lostKeys } from "./conflicts";

describe("writers who get in each other's way", () => {
  test("a replace over a change that the page had not seen", () => {
    const { writes, state, tracker } = story();
    state(0, { a: 1 });
    const write = writes(100, { a: 2 }, "replace");
    const theirs = state(500, { a: 1, votes: 7 });
    const ours = state(1_100, { a: 2 });
    expect([...tracker.conflicts.values()]).toEqual([
      { kind: "overwrote", keys: ["votes"], evidence: [theirs, write, ours], at: 1_100, times: 1 },
    ]);
  });

  test("someone who wrote from the state before this page's write", () => {
    const { writes, state, tracker } = story();
    state(0, { a: 1, votes: 1 });
    const write = writes(100, { a: 2 });
    const ours = state(1_100, { a: 2, votes: 1 });
    const theirs = state(1_500, { a: 1, votes: 2 });
    expect([...tracker.conflicts.values()]).toEqual([
      { kind: "overwritten", keys: ["a"], evidence: [write, ours, theirs], at: 1_500, times: 1 },
    ]);
  });

  test("what the page wrote last of a window, it wrote knowing", () => {
    const { writes, state, tracker } = story();
    state(0, { b: 0 });
    writes(100, { a: 1 });
    state(500, { b: 7 });
    writes(600, { b: 8 });
    state(1_100, { a: 1, b: 8 });
    expect([...tracker.conflicts.values()]).toEqual([]);
  });

  test("a key that two keep setting back", () => {
    const { writes, state, tracker } = story();
    state(0, { stage: "Bob" });
    for (const at of [1_000, 4_000, 7_000]) {
      writes(at, { stage: "Ada" });
      state(at + 1_000, { stage: "Ada" });
      state(at + 2_500, { stage: "Bob" });
    }
    expect([...tracker.conflicts.values()]).toMatchObject([
      { kind: "flip-flop", keys: ["stage"], times: 5, evidence: [6, 7, 9, 10] },
    ]);
  });

  test("taking turns isn't a conflict", () => {
    const { writes, state, tracker } = story();
    state(0, { count: 0, slide: 0, turn: "Ada", move: 0 });
    for (let n = 1; n < 20; n += 2) {
      const at = n * 1_500;
      const mine = { count: n, slide: n, turn: "Bob", move: n };
      writes(at, mine, "replace");
      state(at + 1_000, mine);
      state(at + 1_500, { count: n + 1, slide: n - 1, turn: "Ada", move: n + 1 });
    }
    expect([...tracker.conflicts.values()]).toEqual([]);
  });
});

test.each([
  ["a replace from an old state", { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, ["a"]],
  ["a nested change", { v: {} }, { v: { ada: 1 } }, { v: { bob: 1 } }, ["v"]],
  ["what was put into a list", { l: [1] }, { l: [1, 2] }, { l: [1, 3] }, ["l"]],
  [
    "a merge of one key beside another",
    { v: {}, t: 1 },
    { v: { a: 1 }, t: 2 },
    { v: { b: 1 }, t: 2 },
    ["v"],
  ],
])("%s loses it", (_, before, ours, theirs, keys) => {
  expect(lostKeys(before, ours, theirs)).toEqual(keys);
});

test.each([
  ["a turn in a game", { turn: "A", move: 0 }, { turn: "B", move: 1 }, { turn: "A", move: 2 }],
  ["another value", { slide: 1 }, { slide: 2 }, { slide: 5 }],
  ["undoing it and nothing else", { on: false }, { on: true }, { on: false }],
  ["a list that goes on", { l: [1] }, { l: [1, 2] }, { l: [1, 2, 3] }],
  ["a list cut short", { l: [1] }, { l: [1, 2] }, { l: [] }],
  ["a change elsewhere", { a: 1 }, { a: 2 }, { a: 2, b: 1 }],
])("%s does not", (_, before, ours, theirs) => {
  expect(lostKeys(before, ours, theirs)).toEqual([]);
});
