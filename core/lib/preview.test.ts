import fc from "fast-check";
import { expect, test } from "vitest";

import { preview } from "./texts";

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
