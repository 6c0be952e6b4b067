import fc from "fast-check";
import { expect, test } from "vitest";

import { checkJson, formatJson, MAX_TEXT, prettyJson } from "./json";

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
