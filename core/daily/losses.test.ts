import { expect, test } from "vitest";

import { isHarmless, isUncloneable, lossPath, lossText } from "./losses";

test.each([
  ["Map", ["tags"], "a Map becomes {}", false, false],
  ["undefined", ["a"], "undefined is left out", true, false],
  ["undefined", ["a", 0], "undefined becomes null", false, false],
  ["function", ["f"], "a function is left out", false, true],
  ["Date", ["at"], "a Date becomes text", true, false],
  ["Object", ["me"], "an instance of a class becomes a plain object", true, false],
  ["NaN", ["x"], "NaN becomes null", false, false],
  ["HTMLDivElement", ["x"], "a HTMLDivElement becomes an object of what it shows", false, true],
])("%s at %j: %s", (kind, path, text, harmless, uncloneable) => {
  const loss = { kind, path };
  expect(lossText(loss)).toBe(text);
  expect(isHarmless(loss)).toBe(harmless);
  expect(isUncloneable(loss)).toBe(uncloneable);
});

test("places are told as the filter writes them", () => {
  expect(lossPath({ kind: "NaN", path: ["votes", 0, "at"] })).toBe("votes[0].at");
  expect(lossPath({ kind: "NaN", path: [] })).toBe("(the data)");
});
