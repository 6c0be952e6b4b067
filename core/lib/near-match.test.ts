import { expect, test } from "vitest";

import { didYouMean } from "./near-match";

const RULES = ["over-limit", "empty-room", "flip-flop", "departs-from-baseline"];

test.each([
  ["over-limits", "over-limit"],
  ["ovr-limit", "over-limit"],
  ["OVER-LIMIT", "over-limit"],
  ["departs", "departs-from-baseline"],
])("%s is near %s", (typed, near) =>
  expect(didYouMean(typed, RULES)).toBe(` Did you mean ${near}?`),
);

test.each(["nope-rule", "x", "help", "", "o".repeat(1_000)])("nothing is near %s", (typed) =>
  expect(didYouMean(typed, RULES)).toBe(""),
);
