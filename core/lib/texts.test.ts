import fc from "fast-check";
import { expect, test } from "vitest";

import { isolated, preview, shortValue, visibleText, withoutIsolates } from "./texts";

test.each<[unknown, string]>([
  ["hi", '"hi"'],
  [null, "null"],
  [{ text: "hi", n: 1, ok: true }, '{text: "hi", n: 1, ok: true}'],
  [{ "not a name": [] }, '{"not a name": []}'],
  [{ to: ["Ada", "Bob"], at: { x: 1, y: 2 } }, '{to: ["Ada", "Bob"], at: {x: 1, y: 2}}'],
  [{ a: { b: { c: { d: 1 } } } }, "{a: {b: {c: {…}}}}"],
  [{}, "{}"],
])("%j in a line", (value, expected) => {
  expect(preview(value)).toBe(expected);
});

test("a long text leaves room for what comes after it", () => {
  expect(preview({ text: "x".repeat(1_000), by: "Ada" })).toBe(
    `{text: "${"x".repeat(120)}…", by: "Ada"}`,
  );
});

test("is short, however large the value is", () => {
  const keys = Object.fromEntries(Array.from({ length: 70_000 }, (_, n) => [`key ${n}`, n]));
  expect(preview(keys).length).toBeLessThan(400);
  expect(preview(keys)).toMatch(/, …\}$/);
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 200 }), (value, max) => {
      expect(preview(value, max).length).toBeLessThan(max + 400);
    }),
  );
});

test("a value is told by its beginning, and one that is gone by that", () => {
  expect(shortValue(6)).toBe("6");
  expect(shortValue("gone")).toBe(`"gone"`);
  expect(shortValue(undefined)).toBe("gone");
  expect(shortValue(["x".repeat(100)])).toHaveLength(41);
});

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
