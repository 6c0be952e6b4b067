import { expect, test } from "vitest";

import { isolated, visibleText, withoutIsolates } from "./texts";

test.each([
  ["Ada", "Ada"],
  ["\u05e9\u05e8\u05d4", "\u2068\u05e9\u05e8\u05d4\u2069"],
  ["\u0645\u0631\u064a\u0645 1", "\u2068\u0645\u0631\u064a\u0645 1\u2069"],
  ["A\u202eda", "A\\u202eda"],
  ["\u05e9\u2069\u05e8", "\u2068\u05e9\\u2069\u05e8\u2069"],
])("%j beside other text is %j", (text, expected) => {
  expect(isolated(text)).toBe(expected);
  expect(withoutIsolates(isolated(text))).toBe(visibleText(text));
});
