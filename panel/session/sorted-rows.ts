import type { EntryOrder } from "./arrangement";
import type { Entry } from "../../core/session/session-log";
import { mergeInSlices, sortInSlices } from "../../core/lib/sort-in-slices";
import type { RowArranger } from "./table-rows";

/** Entries by what a column says. Later ones are put where they belong, and move when what they are sorted by changes. */
export function createSortedRows(order: EntryOrder): RowArranger {
  let rows: Entry[] = [];
  let work: Generator<void, Entry[]> | undefined;
  let end = 0;
  let open: Entry[] = [];

  /** Takes those out whose place may have changed. */
  function takeMoved(): Entry[] {
    const moved = new Set(open.filter(order.refresh));
    if (moved.size > 0) rows = rows.filter((entry) => !moved.has(entry));
    open = open.filter(order.isOpen);
    return [...moved];
  }

  return {
    get rows() {
      return rows;
    },

    add(entries, from, isTimeUp) {
      let at = from;
      // Nothing moves while rows are merged: an order must not change on the way.
      const moved = work ? [] : takeMoved();
      while (work || moved.length > 0 || at < entries.length) {
        if (!work) {
          end = entries.length;
          const added = entries.slice(at);
          for (const entry of added) if (order.isOpen(entry)) open.push(entry);
          work = addAll(rows, [...moved.splice(0), ...added], order.compare);
        }
        const { done, value } = work.next();
        if (done) {
          rows = value;
          work = undefined;
          at = end;
        }
        if (isTimeUp()) break;
      }
      return at;
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
