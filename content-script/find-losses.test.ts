import { expect, test } from "vitest";

import { findLosses } from "./find-losses";

class Point {
  x = 1;
}
const lost = (value: unknown, deletesByUndefined = false) =>
  findLosses(value, deletesByUndefined).map(({ path, kind }) => `${path.join("/")} ${kind}`);

test.each<[string, unknown, string[]]>([
  ["what JSON can hold", { a: [1, "x", null, true, { b: {} }], c: Object.create(null) }, []],
  ["no value in an object", { a: undefined }, ["a undefined"]],
  ["no value in a list", { a: [1, undefined] }, ["a/1 undefined"]],
  ["a number that is none", [NaN, -Infinity], ["0 NaN", "1 -Infinity"]],
  ["code", { a: { f() {} }, s: Symbol("s") }, ["a/f function", "s symbol"]],
  ["built-in objects", [new Date(0), new Map(), new Set()], ["0 Date", "1 Map", "2 Set"]],
  ["an instance of a class", { at: new Point() }, ["at Object"]],
  ["what has a form of its own", { money: { cents: NaN, toJSON: () => 1 } }, []],
  ["a value that is not there at all", undefined, [" undefined"]],
])("%s", (_, value, expected) => {
  expect(lost(value)).toEqual(expected);
});

test("a key of session data is deleted by undefined; inside of it that is a loss", () => {
  expect(lost({ poll: undefined, stage: { who: undefined } }, true)).toEqual([
    "stage/who undefined",
  ]);
});

test("a value without end is looked at within bounds", () => {
  const ring: { self?: unknown } = {};
  ring.self = ring;
  expect(lost(ring)).toEqual([]);
  expect(lost(Array(1e5).fill(undefined))).toHaveLength(5);
});
