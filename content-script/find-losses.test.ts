import { expect, test } from "vitest";

import { findLosses } from "./find-losses";

class Point {
  x = 1;
  when = new Date(0);
}
class Counter {
  count = NaN;
  increase(): void {}
}
class Money {
  cents = NaN;
  toJSON() {
    return 1;
  }
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
  ["an instance of a class that holds data only", { at: new Point() }, ["at/when Date"]],
  ["one of a class with methods", { of: new Counter() }, ["of Object", "of/count NaN"]],
  ["one of a class that says what it becomes", { of: new Money() }, []],
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
