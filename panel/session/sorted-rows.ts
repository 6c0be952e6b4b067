import { mergeInSlices, sortInSlices } from "../../core/lib/sort-in-slices";
import type { CallState } from "../../core/session/call-state";
import { createOpenWrites } from "../../core/session/open-writes";
import type { Entry } from "../../core/session/session-log";
import type { EntryOrder } from "./arrangement";
import type { RowArranger } from "./table-rows";

/** Entries by what a column says. Later ones are put where they belong, and move when what they are sorted by changes. */
export function createSortedRows(
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
