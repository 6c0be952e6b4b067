import { expect, test } from "vitest";

import { pathText } from "./diff";
import { FIRST_LISTED, rowId, treeRows } from "./tree-rows";

const NO_FOLDS = { open: new Map<string, boolean>(), listed: new Map<string, number>() };
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
  const folded = { ...NO_FOLDS, open: new Map([[rowId(["a"]), false]]) };
  expect(treeRows(value, folded, 9).some(({ path }) => path.length > 2)).toBe(false);
  const opened = { ...NO_FOLDS, open: new Map([[rowId(["a"]), true]]) };
  expect(treeRows(value, opened, 1).map(({ path }) => pathText(path))).toEqual([
    "",
    "a",
    "a.b",
    "__proto__",
    "e",
  ]);
});

test("of many children the first are listed, and more when asked for", () => {
  const many = Array.from({ length: 5_000 }, (_, n) => n);
  const rows = treeRows(many, NO_FOLDS, 4);
  expect(rows).toHaveLength(FIRST_LISTED + 2);
  expect(rows.at(-1)).toMatchObject({ kind: "more", hidden: 5_000 - FIRST_LISTED });
  const listed = new Map([[rowId([]), 5_000]]);
  expect(treeRows(many, { ...NO_FOLDS, listed }, 4)).toHaveLength(5_001);
});
