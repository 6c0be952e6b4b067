import fc from "fast-check";
import { expect, test } from "vitest";

import { type Path, valueAt, withoutValueAt, withValueAt } from "./paths";

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
