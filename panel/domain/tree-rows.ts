import type { Path } from "./value-at";

/** One line of a JSON value written as a tree. */
export type TreeRow = {
  /** The same as long as the place is the same. */
  readonly id: string;
  readonly path: Path;
  /** 1 for the root. */
  readonly level: number;
  /** Which child of how many it is, from 1. */
  readonly position: number;
  readonly siblings: number;
} & (
  | { readonly kind: "leaf"; readonly value: unknown }
  | { readonly kind: "container"; readonly value: object; readonly size: number; isOpen: boolean }
  /** Stands for the children that are not listed yet; `path` is their container's. */
  | { readonly kind: "more"; readonly hidden: number }
);

/** What the user opened, closed and asked to see, by the ids of rows. */
export type TreeFolds = {
  readonly open: ReadonlyMap<string, boolean>;
  /** How many children of a container are listed, where it is not the first few. */
  readonly listed: ReadonlyMap<string, number>;
};

/** So many children are listed at first, so that no click builds thousands of elements. */
export const FIRST_LISTED = 100;

export const rowId = (path: Path): string => JSON.stringify(path);

/** The rows of a value that can be seen, in order. Levels up to `openLevels` are open unless folded. */
export function treeRows(value: unknown, folds: TreeFolds, openLevels: number): TreeRow[] {
  const rows: TreeRow[] = [];
  addRows(value, [], 1, 1);
  return rows;

  function addRows(node: unknown, path: Path, position: number, siblings: number): void {
    const id = rowId(path);
    const level = path.length + 1;
    const common = { id, path, level, position, siblings };
    if (typeof node !== "object" || node === null) {
      rows.push({ ...common, kind: "leaf", value: node });
      return;
    }
    const steps = Array.isArray(node) ? [...node.keys()] : Object.keys(node);
    const isOpen =
      folds.open.get(id) ?? (level === 1 || (level <= openLevels && steps.length <= FIRST_LISTED));
    rows.push({ ...common, kind: "container", value: node, size: steps.length, isOpen });
    if (!isOpen) return;
    const listed = steps.slice(0, folds.listed.get(id) ?? FIRST_LISTED);
    listed.forEach((step, index) =>
      addRows(Reflect.get(node, step), [...path, step], index + 1, steps.length),
    );
    const hidden = steps.length - listed.length;
    if (hidden > 0)
      rows.push({
        id: `${id} more`,
        path,
        level: level + 1,
        position: listed.length + 1,
        siblings: steps.length,
        kind: "more",
        hidden,
      });
  }
}
