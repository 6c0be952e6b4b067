import { expect, test } from "vitest";

import { pathText } from "./paths";
import { MAX_CHILDREN, rowId, treeRows } from "./tree-rows";

const NO_FOLDS = new Map<string, boolean>();
const value = JSON.parse(`{"a":{"b":[1,{"c":2}]},"__proto__":{"d":3},"e":[]}`) as unknown;

test("every place of a value has its row, in order", () => {
  const rows = treeRows(value, NO_FOLDS, 9);
  expect(rows.map(({ path, level, kind }) => `${level} ${kind} ${pathText(path)}`)).toEqual([
    "1 container ",
    "2 container a",
    "3 container a.b",
    "4 leaf a.b[0]",
    "4 container a.b[1]",
    "5 leaf a.b[1].c",
    "2 container __proto__",
    "3 leaf __proto__.d",
    "2 container e",
  ]);
});

test("what is folded is left out, whatever the levels say", () => {
  const folded = new Map([[rowId(["a"]), false]]);
  expect(treeRows(value, folded, 9).some(({ path }) => path.length > 2)).toBe(false);
  const opened = new Map([[rowId(["a"]), true]]);
  expect(treeRows(value, opened, 1).map(({ path }) => pathText(path))).toEqual([
    "",
    "a",
    "a.b",
    "__proto__",
    "e",
  ]);
});

test("many children come in ranges, each of which can be opened", () => {
  const many = Array.from({ length: 5_001 }, (_, n) => n);
  const rows = treeRows(many, new Map(), 4);
  expect(rows).toHaveLength(52);
  expect(rows.at(-1)).toMatchObject({ kind: "range", first: 5_000, last: 5_000, siblings: 51 });
  const opened = treeRows(many, new Map([[rows[2]?.id ?? "", true]]), 4);
  expect(opened).toHaveLength(52 + MAX_CHILDREN);
  expect(opened[3]).toMatchObject({ kind: "leaf", value: 100, level: 3, path: [100] });
});

test("no opened place lists more than a hundred lines", () => {
  const keys = Array.from({ length: 30_000 }, (_, n) => [`key ${n}`, n] as const);
  const huge = Object.fromEntries(keys);
  const rows = treeRows(huge, new Map(), 4);
  expect(rows.length).toBeLessThanOrEqual(1 + MAX_CHILDREN);
  const inner = treeRows(huge, new Map([[rows[1]?.id ?? "", true]]), 4);
  expect(inner.length).toBe(rows.length + MAX_CHILDREN);
  expect(inner[2]).toMatchObject({ kind: "range", first: "key 0", last: "key 99" });
  expect(new Set(inner.map(({ id }) => id)).size).toBe(inner.length);
});
