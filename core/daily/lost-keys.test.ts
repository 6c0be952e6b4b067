import { expect, test } from "vitest";

import { lostKeys } from "./conflicts";

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
