import fc from "fast-check";
import { expect, test } from "vitest";

import { differences, type Path, pathText, valueAt, withoutValueAt, withValueAt } from "./paths";

const parse = (json: string) => JSON.parse(json) as unknown;
const lines = (before: string, after: string) =>
  differences(parse(before), parse(after)).map(({ kind, path }) => `${kind} ${path}`);

test("what was added, changed and removed is named by its place", () => {
  expect(lines(`{"a":1,"b":[1,2],"c":{"d":1}}`, `{"b":[1,3,4],"c":{"d":1},"e f":0}`)).toEqual([
    "removed a",
    "changed b[1]",
    "added b[2]",
    `added ["e f"]`,
  ]);
  expect(lines(`{"1":1}`, `{"1":2}`)).toEqual([`changed ["1"]`]);
  expect(lines(`[1]`, `{"0":1}`)).toEqual(["changed "]);
});

test("a key is a key, even one that every object seems to have", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    expect(lines(`{}`, `{"${key}":{"a":1}}`)).toEqual([`added ${key}`]);
    expect(lines(`{"${key}":{"a":1}}`, `{}`)).toEqual([`removed ${key}`]);
    expect(lines(`{"${key}":{"a":1}}`, `{"${key}":{"a":2}}`)).toEqual([`changed ${key}.a`]);
  }
});

test("there is a difference exactly where the JSON differs", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(value, value, (before, after) => {
      const [a, b] = [before, after].map((each) => parse(JSON.stringify(each)));
      expect(differences(a, a)).toEqual([]);
      expect(differences(a, parse(JSON.stringify(a)))).toEqual([]);
      if (JSON.stringify(sorted(a)) !== JSON.stringify(sorted(b)))
        expect(differences(a, b)).not.toEqual([]);
    }),
  );
});

test("values too deep to be compared differ as a whole", () => {
  const deep = (leaf: string) => parse(`${"[".repeat(50_000)}${leaf}${"]".repeat(50_000)}`);
  expect(differences(deep("1"), deep("2"))).toMatchObject([{ kind: "changed", path: "" }]);
  expect(pathText([])).toBe("");
});

/** With the keys of every object in order, so that equal values have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, each]) => [key, sorted(each)]);
}

/** Every place of a value, the root first. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [path, ...steps.flatMap((step) => places(Reflect.get(value, step), [...path, step]))];
}

test("every place can be found and changed, and nothing else changes with it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      for (const path of places(value).slice(0, 20)) {
        const changed = withValueAt(value, path, "new");
        expect(valueAt(changed, path)).toBe("new");
        expect(withValueAt(changed, path, valueAt(value, path))).toEqual(value);
      }
    }),
  );
});

test("keys and items are added and removed", () => {
  const value = { a: [1, 2, 3], b: { c: 1 } };
  expect(withValueAt(value, ["b", "d"], 2)).toEqual({ a: [1, 2, 3], b: { c: 1, d: 2 } });
  expect(withValueAt(value, ["a", 3], 4)).toEqual({ a: [1, 2, 3, 4], b: { c: 1 } });
  expect(withoutValueAt(value, ["a", 0])).toEqual({ a: [2, 3], b: { c: 1 } });
  expect(withoutValueAt(value, ["b", "c"])).toEqual({ a: [1, 2, 3], b: {} });
  expect(withoutValueAt(value, [])).toBeUndefined();
  expect(withValueAt(value, ["gone", "c"], 1)).toEqual(value);
});

test("a key that every object seems to have is an ordinary key", () => {
  const added = withValueAt({}, ["__proto__"], { polluted: true });
  expect(JSON.stringify(added)).toBe(`{"__proto__":{"polluted":true}}`);
  expect(valueAt({}, ["__proto__"])).toBeUndefined();
  expect(JSON.stringify(withValueAt(added, ["__proto__", "polluted"], 1))).toBe(
    `{"__proto__":{"polluted":1}}`,
  );
  expect(withoutValueAt(added, ["__proto__"])).toEqual({});
});
