import { type Arrangement, orderBy, IN_ORDER, kindOf } from "./arrangement";
import type { CallState } from "../../core/session/call-state";
import { createGroupedRows, type RowGroup } from "./grouped-rows";
import { type Entry, hasEntry, placeOf } from "../../core/session/session-log";
import { createSortedRows } from "./sorted-rows";
import type { IsTimeUp } from "./visible-entries";

/** A row of the table: an entry, or the head of several. */
export type TableRow = Entry | RowGroup;

export const isGroup = (row: TableRow): row is RowGroup => "entries" in row;

/** One way to arrange entries. Fed in the order of arrival, each entry once. */
export type RowArranger = {
  readonly rows: readonly TableRow[];
  /** Takes in the entries from `from` on, until time is up. Answers how many of all it has taken in. */
  add(entries: readonly Entry[], from: number, isTimeUp: IsTimeUp): number;
  /** Where the row of an entry is; that of its group when it is closed. -1 for none. */
  placeOf(entry: Entry): number;
  toggle(group: RowGroup): void;
};

export type TableRows = {
  readonly rows: readonly TableRow[];
  /** Begins anew, with the same entries or others. */
  startOver(arrangement: Arrangement): void;
  /** Arranges what was appended since the last time, until time is up. Answers whether all is arranged. */
  advance(entries: readonly Entry[], isTimeUp: IsTimeUp): boolean;
  placeOf(entry: Entry): number;
  toggle(group: RowGroup): void;
};

/**
 * Keeps the rows of the table in the order that is asked for, without looking twice at any entry whose place is sure.
 * `now` answers epoch ms.
 */
export function createTableRows(
  callOf: (callId: string) => CallState | undefined,
  now: () => number,
): TableRows {
  let arranger: RowArranger = inOrder([]);
  let arrangement = IN_ORDER;
  let source: readonly Entry[] = [];
  let firstIndex: number | undefined;
  let taken = 0;

  function startOver(next: Arrangement): void {
    arrangement = next;
    taken = 0;
    firstIndex = source[0]?.index;
    const { group, sort } = next;
    if (sort) arranger = createSortedRows(orderBy(sort, callOf, now));
    else if (group === "none") arranger = inOrder(source);
    else arranger = createGroupedRows(group, (entry) => kindOf(entry, callOf));
  }

  return {
    get rows() {
      return arranger.rows;
    },
    startOver,
    advance(entries, isTimeUp) {
      // Another list, or one whose oldest went away.
      if (entries !== source || entries[0]?.index !== firstIndex) {
        const isOnlyLonger = entries === source && firstIndex === undefined;
        source = entries;
        if (isOnlyLonger) firstIndex = entries[0]?.index;
        else startOver(arrangement);
      }
      taken = arranger.add(entries, taken, isTimeUp);
      return taken >= entries.length;
    },
    placeOf: (entry) => arranger.placeOf(entry),
    toggle: (group) => arranger.toggle(group),
  };
}

/** The entries themselves are the rows. */
function inOrder(rows: readonly Entry[]): RowArranger {
  return {
    rows,
    add: (entries) => entries.length,
    placeOf: (entry) => (hasEntry(rows, entry) ? placeOf(rows, entry.index) : -1),
    toggle() {},
  };
}
