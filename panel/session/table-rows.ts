import { type Entry, hasEntry, placeOf } from "../../core/session/session-log";
import { createFollower, type IsTimeUp, mergeInSlices, sortInSlices } from "../../core/lib/slices";
import type { CallState } from "../../core/session/call-state";
import { createOpenWrites } from "../../core/session/open-writes";
import { type Arrangement, type EntryOrder, IN_ORDER, kindOf, orderBy } from "./arrangement";

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
function createGroupedRows(by: "runs" | "types", kindOf: (entry: Entry) => Kind): RowArranger {
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

/** Entries by what a column says. Later ones are put where they belong, and move when what they are sorted by changes. */
function createSortedRows(
  order: EntryOrder,
  callOf: (callId: string) => CallState | undefined,
): RowArranger {
  let rows: Entry[] = [];
  let work: Generator<void, Entry[]> | undefined;
  let added: Entry[] = [];
  const open = createOpenWrites<undefined>(callOf);

  /** Takes those out whose place may have changed. */
  function takeMoved(): Entry[] {
    const moved = new Set<Entry>();
    open.recheck((entry) => void (order.refresh(entry) && moved.add(entry)));
    if (moved.size > 0) rows = rows.filter((entry) => !moved.has(entry));
    return [...moved];
  }

  return {
    get rows() {
      return rows;
    },

    take: (entry) => void added.push(entry),

    settle(isTimeUp) {
      // Nothing moves while rows are merged: an order must not change on the way.
      if (!work) added.push(...takeMoved());
      while (work || added.length > 0) {
        if (!work) {
          if (order.isVolatile) for (const entry of added) open.follow(entry, undefined);
          work = addAll(rows, added, order.compare);
          added = [];
        }
        const { done, value } = work.next();
        if (done) {
          rows = value;
          work = undefined;
        }
        if (isTimeUp()) break;
      }
      return !work && added.length === 0;
    },

    placeOf: (entry) => rows.indexOf(entry),
    toggle() {},
  };
}

function* addAll(
  rows: readonly Entry[],
  added: readonly Entry[],
  compare: (a: Entry, b: Entry) => number,
): Generator<void, Entry[]> {
  const sorted = yield* sortInSlices(added, compare);
  return yield* mergeInSlices(rows, sorted, compare);
}

/**
 * What was found, in the order of the table rather than of arrival: for a table that is sorted or grouped. Goes through
 * all rows, so only when someone steps.
 */
export function foundInRows(rows: readonly TableRow[], found: readonly Entry[]): Entry[] {
  const inOrder: Entry[] = [];
  for (const row of rows) {
    if (!isGroup(row)) {
      if (hasEntry(found, row)) inOrder.push(row);
    } else if (!row.isOpen) {
      // The entries of an open one follow as rows.
      for (const entry of row.entries) if (hasEntry(found, entry)) inOrder.push(entry);
    }
  }
  return inOrder;
}

/** A row of the table: an entry, or the head of several. */
export type TableRow = Entry | RowGroup;

export const isGroup = (row: TableRow): row is RowGroup => "entries" in row;

/** One way to arrange entries. Fed in the order of arrival, each entry once. */
type RowArranger = {
  readonly rows: readonly TableRow[];
  take(entry: Entry): void;
  /** Puts what was taken in where it belongs, until time is up. Returns whether all is in its place. */
  settle?(isTimeUp: IsTimeUp): boolean;
  /** Where the row of an entry is; that of its group when it is closed. -1 for none. */
  placeOf(entry: Entry): number;
  toggle(group: RowGroup): void;
};

export type TableRows = {
  readonly rows: readonly TableRow[];
  /** Begins again in another arrangement. */
  startOver(arrangement: Arrangement): void;
  /** Arranges what was appended since the last time, until time is up. Returns whether all is arranged. */
  advance(entries: readonly Entry[], isTimeUp: IsTimeUp): boolean;
  placeOf(entry: Entry): number;
  toggle(group: RowGroup): void;
};

/**
 * Keeps the rows of the table in the order that is asked for, without looking twice at any entry whose place is sure.
 * `now` returns epoch ms.
 */
export function createTableRows(
  callOf: (callId: string) => CallState | undefined,
  now: () => number,
): TableRows {
  let arrangement = IN_ORDER;
  let source: readonly Entry[] = [];
  let arranger: RowArranger = inOrder(source);

  const follower = createFollower<Entry>({
    take: (entry) => arranger.take(entry),
    startOver() {
      const { group, sort } = arrangement;
      if (sort) arranger = createSortedRows(orderBy(sort, callOf, now), callOf);
      else if (group === "none") arranger = inOrder(source);
      else arranger = createGroupedRows(group, (entry) => kindOf(entry, callOf));
    },
  });

  return {
    get rows() {
      return arranger.rows;
    },
    startOver(next) {
      arrangement = next;
      follower.startOver();
    },
    advance(entries, isTimeUp) {
      if (source !== entries) {
        source = entries;
        follower.startOver();
      }
      const hasSeenAll = follower.advance(entries, isTimeUp);
      return (arranger.settle?.(isTimeUp) ?? true) && hasSeenAll;
    },
    placeOf: (entry) => arranger.placeOf(entry),
    toggle: (group) => arranger.toggle(group),
  };
}

/** The entries themselves are the rows. */
const inOrder = (rows: readonly Entry[]): RowArranger => ({
  rows,
  take() {},
  placeOf: (entry) => (hasEntry(rows, entry) ? placeOf(rows, entry.index) : -1),
  toggle() {},
});
