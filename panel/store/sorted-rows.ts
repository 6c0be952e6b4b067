import type { Entry } from "./session-log";
import { mergeInSlices, sortInSlices } from "./sort-in-slices";
import type { RowArranger } from "./table-rows";

/** Entries by what a column says. Later ones are put where they belong by what is known when they come. */
export function createSortedRows(compare: (a: Entry, b: Entry) => number): RowArranger {
  let rows: Entry[] = [];
  let work: Generator<void, Entry[]> | undefined;
  let end = 0;

  return {
    get rows() {
      return rows;
    },

    add(entries, from, isTimeUp) {
      let at = from;
      while (work || at < entries.length) {
        if (!work) {
          end = entries.length;
          work = addAll(rows, entries.slice(at), compare);
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
