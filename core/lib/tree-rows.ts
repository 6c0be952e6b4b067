import type { Path } from "./paths";

/** One line of a JSON value written as a tree. */
export type TreeRow = {
  /** The same as long as the place is the same. */
  readonly id: string;
  /** Of a range its container's. */
  readonly path: Path;
  /** 1 for the root. */
  readonly level: number;
  /** Which child of how many it is, from 1. */
  readonly position: number;
  readonly siblings: number;
} & (
  | { readonly kind: "leaf"; readonly value: unknown }
  | {
      readonly kind: "container";
      readonly value: object;
      readonly size: number;
      readonly isOpen: boolean;
    }
  /** Stands for many children of a large container, as DevTools shows them: `[100 … 199]`. */
  | {
      readonly kind: "range";
      readonly first: string | number;
      readonly last: string | number;
      readonly isOpen: boolean;
    }
);

/** What the user opened and closed, by the ids of rows. */
export type TreeFolds = ReadonlyMap<string, boolean>;

/** More children than this come in ranges, so that no click builds thousands of elements. */
export const MAX_CHILDREN = 100;

export const rowId = (path: Path): string => JSON.stringify(path);

/** The rows of a value that can be seen, in order. Levels up to `openLevels` are open unless folded. */
export function treeRows(value: unknown, folds: TreeFolds, openLevels: number): TreeRow[] {
  const rows: TreeRow[] = [];
  addRow(value, [], { level: 1, position: 1, siblings: 1 });
  return rows;

  type Place = Pick<TreeRow, "level" | "position" | "siblings">;

  function addRow(node: unknown, path: Path, place: Place): void {
    const common = { ...place, id: rowId(path), path };
    if (typeof node !== "object" || node === null) {
      rows.push({ ...common, kind: "leaf", value: node });
      return;
    }
    const steps = Array.isArray(node) ? [...node.keys()] : Object.keys(node);
    const isSmall = steps.length <= MAX_CHILDREN;
    const isOpen =
      folds.get(common.id) ?? (place.level === 1 || (place.level <= openLevels && isSmall));
    rows.push({ ...common, kind: "container", value: node, size: steps.length, isOpen });
    if (isOpen) addChildren(node, path, steps, place.level + 1);
  }

  function addChildren(
    node: object,
    path: Path,
    steps: readonly (string | number)[],
    level: number,
  ): void {
    const count = steps.length;
    if (count <= MAX_CHILDREN) {
      steps.forEach((step, index) => {
        const place = { level, position: index + 1, siblings: count };
        addRow(Reflect.get(node, step), [...path, step], place);
      });
      return;
    }
    let length = MAX_CHILDREN;
    while (count / length > MAX_CHILDREN) length *= MAX_CHILDREN;
    const siblings = Math.ceil(count / length);
    for (let position = 1; position <= siblings; position++) {
      const part = steps.slice((position - 1) * length, position * length);
      const [first = "", last = first] = [part[0], part.at(-1)];
      const id = `${rowId(path)} ${JSON.stringify([first, part.length])}`;
      const isOpen = folds.get(id) ?? false;
      rows.push({ id, path, level, position, siblings, kind: "range", first, last, isOpen });
      if (isOpen) addChildren(node, path, part, level + 1);
    }
  }
}
