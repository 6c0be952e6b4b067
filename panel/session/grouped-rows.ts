import { type Entry, hasEntry, placeOf } from "../../core/session/session-log";
import type { RowArranger, TableRow } from "./table-rows";

/** Several entries of one kind as one row. */
export type RowGroup = {
  readonly key: string;
  readonly label: string;
  /** In the order of arrival. */
  readonly entries: Entry[];
  /** Whether the rows after it are its entries. */
  isOpen: boolean;
};

type Kind = { readonly key: string; readonly label: string };

/** Folds entries of one kind: all of them (`types`), or those that follow each other (`runs`). */
export function createGroupedRows(
  by: "runs" | "types",
  kindOf: (entry: Entry) => Kind,
): RowArranger {
  const rows: TableRow[] = [];
  const groups = new Map<string, RowGroup>();
  /** The group to which the last entry belongs, for runs. */
  let last: RowGroup | undefined;

  /** A closed group takes one row, an open one a row more than it has entries; a run of one is its entry alone. */
  const rowsOf = ({ entries, isOpen }: RowGroup): number =>
    by === "runs" && entries.length === 1 ? 1 : isOpen ? entries.length + 1 : 1;

  function startOf(group: RowGroup): number {
    if (by === "runs") return runPlace((group.entries[0] as Entry).index);
    let at = 0;
    for (const each of groups.values()) {
      if (each === group) return at;
      at += rowsOf(each);
    }
    return -1;
  }

  /** The first row of the run that an entry with this index is in. Rows of runs ascend, heads and entries alike. */
  function runPlace(index: number): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (indexOf(rows[middle] as TableRow) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function append(entry: Entry): void {
    const { key, label } = kindOf(entry);
    const group = by === "types" ? groups.get(key) : last?.key === key ? last : undefined;
    if (!group) {
      last = { key, label, entries: [entry], isOpen: false };
      if (by === "types") groups.set(key, last);
      rows.push(by === "types" ? last : entry);
      return;
    }
    // The second of a run makes a group of the first.
    if (by === "runs" && group.entries.length === 1) rows[rows.length - 1] = group;
    if (group.isOpen) rows.splice(startOf(group) + rowsOf(group), 0, entry);
    group.entries.push(entry);
  }

  return {
    rows,
    take: append,

    placeOf(entry) {
      if (by === "runs") {
        // The last row that begins at or before it: itself, or the head of its closed group.
        const at = runPlace(entry.index + 1) - 1;
        const row = rows[at];
        if (row === entry) return at;
        return row && "entries" in row && hasEntry(row.entries, entry) ? at : -1;
      }
      const group = groups.get(kindOf(entry).key);
      if (!group || !hasEntry(group.entries, entry)) return -1;
      return startOf(group) + (group.isOpen ? placeOf(group.entries, entry.index) + 1 : 0);
    },

    toggle(group) {
      const start = startOf(group);
      if (rows[start] !== group) return;
      group.isOpen = !group.isOpen;
      if (!group.isOpen) rows.splice(start + 1, group.entries.length);
      else insertAll(rows, start + 1, group.entries);
    },
  };
}

const indexOf = (row: TableRow): number =>
  "entries" in row ? (row.entries[0] as Entry).index : row.index;

/** Like `splice()`, without handing every entry over as an argument. */
function insertAll(rows: TableRow[], at: number, entries: readonly Entry[]): void {
  const after = rows.splice(at);
  for (const entry of entries) rows.push(entry);
  for (const row of after) rows.push(row);
}
