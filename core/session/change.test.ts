import { expect, test } from "vitest";

import { changedKeys, type SessionData } from "../daily/merge";
import { differenceText } from "./change";

const text = (before: SessionData, after: SessionData) =>
  differenceText(before, after, changedKeys(before, after));

test.each([
  [{ stage: "Ada", a: 1 }, { stage: "Bob", a: 1 }, `stage: "Ada" → "Bob"`],
  [{ stage: "Ada", a: 1 }, { a: 1 }, "stage: deleted"],
  [{ a: 1 }, { a: 1, stage: "Bob" }, `stage: "Bob"`],
  [{ poll: { votes: 2, q: "?" } }, { poll: { votes: 3, q: "?" } }, "poll.votes: 2 → 3"],
  [{ list: [1, 2] }, { list: [1, 2, 3] }, "list[2]: 3"],
  [{ poll: { a: 1, b: 2 } }, { poll: { b: 2 } }, "poll.a: deleted"],
  [{ poll: { a: 1, b: 1, c: 1 } }, { poll: {} }, `poll: {a: 1, b: 1, c: 1} → {}`],
  [{ a: 1 }, { a: 1 }, "no change"],
])("%j to %j", (before, after, expected) => {
  expect(text(before, after)).toBe(expected);
});

test("without the state before, what the keys became", () => {
  expect(differenceText(undefined, { a: 2, b: 1 }, ["a", "c"])).toBe("a: 2, c: deleted");
});

test("many keys are cut", () => {
  const after = Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`k${n}`, n]));
  expect(text({}, after)).toMatch(/k11: 11, and 2 more$/);
});
