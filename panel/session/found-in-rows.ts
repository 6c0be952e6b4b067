import { type Entry, hasEntry } from "../../core/session/session-log";
import { isGroup, type TableRow } from "./table-rows";

/**
 * What was found, in the order of the table rather than of arrival: for a table that is sorted or grouped. Goes through
 * all rows, so only when somebody steps.
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
