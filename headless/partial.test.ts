import { expect, test } from "vitest";

import { mismatches, printExpected } from "./partial";

test("objects may have more keys than expected, lists must be as long", () => {
  expect(mismatches({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } })).toEqual([]);
  expect(mismatches({ a: 1 }, { a: 2, b: { c: 1 } })).toEqual([
    "a is 1, expected 2",
    "b isn't there, expected {c: 1}",
  ]);
  expect(mismatches({ list: [1, 2] }, { list: [1] })).toEqual(["list is [1, 2], expected [1]"]);
  expect(mismatches([{ a: 1, b: 2 }], [{ a: 1 }])).toEqual([]);
  expect(mismatches([{ a: 1 }], [{ a: 2 }])).toEqual(["[0].a is 1, expected 2"]);
});

test("other values must be the same, and what is inherited isn't there", () => {
  expect(mismatches("hi", "hi")).toEqual([]);
  expect(mismatches(undefined, "hi")).toEqual([`data isn't there, expected "hi"`]);
  expect(mismatches(null, {})).toEqual(["data is null, expected {}"]);
  expect(mismatches({}, { toString: expect.any(Function) })).toHaveLength(1);
  expect(mismatches({ a: 1 }, { b: undefined })).toEqual([]);
});

test("asymmetric matchers decide for themselves, and print as they do", () => {
  const wanted = { at: expect.any(Number), text: expect.stringContaining("ell") };
  expect(mismatches({ at: 1, text: "hello" }, wanted)).toEqual([]);
  expect(mismatches({ at: "1", text: "hello" }, wanted)).toEqual([
    `at is "1", expected Any<Number>`,
  ]);
  expect(printExpected({ odd: [wanted.at, "x"] })).toBe(`{odd: [Any<Number>, "x"]}`);
});

test("regular expressions test texts, the same each time", () => {
  const wanted = { text: /ell/g };
  for (const _ of [1, 2]) expect(mismatches({ text: "hello" }, wanted)).toEqual([]);
  expect(mismatches({ text: "hi" }, wanted)).toEqual([`text is "hi", expected /ell/g`]);
  expect(mismatches({ text: 5 }, { text: /5/ })).toEqual(["text is 5, expected /5/"]);
});

test("of many differences the first few are told", () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, n]));
  expect(mismatches({}, many)).toHaveLength(5);
});
