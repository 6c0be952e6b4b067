import { createFollower, type IsTimeUp } from "../../core/lib/follower";
import type { CallState } from "../../core/session/call-state";
import { type Entry, hasEntry, placeOf } from "../../core/session/session-log";
import { type Arrangement, IN_ORDER, kindOf, orderBy } from "./arrangement";
import { createGroupedRows, type RowGroup } from "./grouped-rows";
import { createSortedRows } from "./sorted-rows";

/** A row of the table: an entry, or the head of several. */
export type TableRow = Entry | RowGroup;

export const isGroup = (row: TableRow): row is RowGroup => "entries" in row;

/** One way to arrange entries. Fed in the order of arrival, each entry once. */
export type RowArranger = {
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
