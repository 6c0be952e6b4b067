import fc from "fast-check";
import { expect, test } from "vitest";

import { sameJson } from "./json";

/** Its text with the keys in order: what is the same has the same. */
function sortedText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${sortedText(each)}`).join()}}`;
}

const key = fc.constantFrom("a", "b", "constructor", "__proto__", "toString", "length", "0");
/** Few values, so that many of them are the same. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, 0, 1, "", "0", [], {}),
    fc.array(tie("json"), { maxLength: 3 }),
    // From its text, as pages send it: an own `__proto__` is a key like any other.
    fc
      .uniqueArray(fc.tuple(key, tie("json")), { maxLength: 3, selector: ([name]) => name })
      .map((fields) => JSON.parse(objectText(fields)) as unknown),
  ),
}));
const objectText = (fields: readonly (readonly [string, unknown])[]) =>
  `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).reverse();
  return Object.fromEntries(fields.map(([name, each]) => [name, reversed(each)]));
}

test("two values are the same exactly when their texts are, with the keys in order", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(sameJson(a, b)).toBe(sortedText(a) === sortedText(b));
    }),
    { numRuns: 2_000 },
  );
});

test("the order of keys does not count", () => {
  fc.assert(fc.property(json, (value) => sameJson(value, reversed(value))));
});

test.each([
  ['{"constructor":{"p":1}}', '{"constructor":{"p":1}}', true],
  ['{"constructor":{"p":1}}', '{"constructor":{"p":2}}', false],
  ['{"__proto__":{"p":1}}', '{"__proto__":{"p":1}}', true],
  ['{"__proto__":{"p":1}}', '{"__proto__":{"p":2}}', false],
  ['{"__proto__":{}}', '{"a":{}}', false],
  ['{"toString":1}', "{}", false],
  ['{"0":1}', "[1]", false],
  ["[]", "{}", false],
  ["null", "{}", false],
])("%s and %s", (a, b, isSame) => {
  expect(sameJson(JSON.parse(a), JSON.parse(b))).toBe(isSame);
  expect(sameJson(JSON.parse(b), JSON.parse(a))).toBe(isSame);
});

test("as deep as data can be", () => {
  const nested = (value: number): unknown =>
    JSON.parse(`${'[{"a":'.repeat(100)}${value}${"}]".repeat(100)}`);
  expect(sameJson(nested(1), nested(1))).toBe(true);
  expect(sameJson(nested(1), nested(2))).toBe(false);
});
