import fc from "fast-check";
import { expect, test } from "vitest";

import { checkJson, formatJson, MAX_TEXT, prettyJson, sameJson } from "./json";

test.each([
  ["", "Type a JSON value."],
  ["{", "Close brace expected."],
  ['{"a":1,}', "Property name expected."],
  ["{a:1}", "Invalid symbol."],
  ["[1] // why", "Invalid comment token."],
  ['{"a":1,"a":2}', 'The key "a" is given twice; only the last would count.'],
  [
    "9007199254740993",
    "9007199254740993 has more digits than a number keeps: it would become 9007199254740992. Use a string.",
  ],
  [
    "123456789012345678.5",
    "123456789012345678.5 has more digits than a number keeps: it would become 123456789012345680. Use a string.",
  ],
  [
    `[${"9".repeat(300)}]`,
    `${"9".repeat(60)}… has more digits than a number keeps: it would become 1e+300. Use a string.`,
  ],
  ["-0", "-0 would become 0: JSON writes zero without a sign."],
  ["-1e-400", "-1e-400 is too small for a number: it would become 0. Use a string."],
  ["1e999", "1e999 is too large for a number: it would become null."],
  ['"\\ud800"', "Half of a surrogate pair: it does not survive UTF-8."],
  ["[".repeat(10_000), "Nested deeper than 200 levels."],
  [`"${"x".repeat(MAX_TEXT)}"`, "Too long: 120,002 characters. Daily takes 102,400 at most."],
])("%.30s is refused", (text, message) => {
  const checked = checkJson(text);
  expect(checked.ok ? [] : checked.problems.map((each) => each.message)).toContain(message);
});

test("the place of a problem is told", () => {
  const checked = checkJson('{"a": 1, "b": nope}');
  expect(checked.ok ? undefined : checked.problems[0]).toMatchObject({ from: 14, to: 18 });
});

test("__proto__ is a key like any other", () => {
  const checked = checkJson('{"__proto__":{"x":1}}');
  expect(checked.ok && Object.keys(checked.value as object)).toEqual(["__proto__"]);
  expect(({} as { x?: number }).x).toBeUndefined();
});

test("a text that would be too long with indentation stays as it is", () => {
  const json = `{"a":[${"1,".repeat(40_000)}1]}`;
  expect(prettyJson(json)).toBe(json);
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
});

test("a text is read once, and another one is not taken for it", () => {
  const first = checkJson('{"a":[1]}');
  expect(checkJson('{"a":[1]}')).toBe(first);
  for (let n = 0; n < 10; n++) expect(checkJson(`${n}`)).toEqual({ ok: true, value: n });
  expect(checkJson('{"a":[1]}')).toEqual(first);
});

test.each([
  "9007199254740993.0",
  "9007199254740993e0",
  "9.007199254740993e15",
  "0.12345678901234567890123",
  "1e-400",
  "-1e-400",
  "-0.0",
])("%s would not arrive as the same number", (text) => expect(checkJson(text).ok).toBe(false));

test.each([
  "1.10",
  "1E3",
  "100e-2",
  "0.0",
  "0e999",
  "9007199254740992.00",
  "1e21",
  "5e-324",
  "-12.5",
])("%s is the same number, written otherwise", (text) =>
  expect(checkJson(text)).toEqual({ ok: true, value: Number(text) }),
);

test("whatever JSON writes is taken as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, undefined, 1);
      fc.pre(text.isWellFormed() && !/\\ud[89a-f]/i.test(text));
      expect(checkJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    }),
  );
});

test("anything at all is answered", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(checkJson(text)).toHaveProperty("ok");
    }),
  );
});

test("formatting changes white space only", () => {
  expect(formatJson('{"a":1.0,"b":["\\u0041",{}]}')).toBe(
    '{\n  "a": 1.0,\n  "b": [\n    "\\u0041",\n    {}\n  ]\n}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      expect(JSON.stringify(JSON.parse(formatJson(text)))).toBe(JSON.stringify(value));
    }),
  );
});

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
