import { expect, test } from "vitest";

import { changedSince, conflictsIn, placeSince, yielding } from "./three-way";

const base = { a: 1, b: 1, c: 1 };
const theirs = { a: 2, b: 1, d: 1 };
const merge = (data: object, keysToDelete: string[] = []) =>
  ({ strategy: "shallow-merge", data: { ...data }, keysToDelete }) as const;
const replace = (data: object) =>
  ({ strategy: "replace", data: { ...data }, keysToDelete: [] }) as const;

test("what changed since is told, but not what the edit itself says", () => {
  expect(changedSince({ base, mine: merge({ a: 2 }), theirs })).toEqual(["c", "d"]);
  expect(changedSince({ base, mine: undefined, theirs })).toEqual(["a", "c", "d"]);
});

test("a conflict is a key that both wrote, and a replace writes all of them", () => {
  expect(conflictsIn({ base, mine: merge({ a: 5, b: 5 }), theirs })).toEqual(["a"]);
  expect(conflictsIn({ base, mine: merge({ d: 5 }, ["a"]), theirs })).toEqual(["a", "d"]);
  expect(conflictsIn({ base, mine: merge({ a: 2 }, ["c"]), theirs })).toEqual([]);
  expect(conflictsIn({ base, mine: replace(base), theirs })).toEqual(["a", "c", "d"]);
  expect(conflictsIn({ base, mine: undefined, theirs })).toEqual([]);
});

test("an update yields keys: a merge by leaving them out, a replace by repeating theirs", () => {
  const keys = new Set(["a", "c"]);
  expect(yielding(merge({ a: 5, b: 5 }, ["c"]), theirs, keys)).toEqual(merge({ b: 5 }));
  expect(yielding(replace({ b: 5, c: 5 }), theirs, keys)).toEqual(replace({ b: 5, a: 2 }));
});

test("a place is the same, or in what is written, or beside it", () => {
  const states = { base: { a: { x: 1, y: 1 }, b: 1 }, theirs: { a: { x: 1, y: 2 }, b: 2 } };
  expect(placeSince(states, ["a", "y"], ["a"])).toBe("same");
  expect(placeSince(states, ["a", "x"], ["a"])).toBe("around");
  expect(placeSince({ ...states, base: { ...states.theirs, b: 1 } }, ["a", "x"], ["a"])).toBe(
    "beside",
  );
  expect(placeSince(states, ["a", "x"], [])).toBe("around");
});
