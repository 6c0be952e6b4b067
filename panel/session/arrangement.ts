import type { CallState } from "../../core/session/call-state";
import type { Entry } from "../../core/session/session-log";
import { viewOf } from "../../core/session/event-view";
import { type ColumnName, columnOf } from "./columns";

/** How the rows of the table follow each other. A sorted table is not grouped. */
export type Arrangement = {
  /** `runs` folds neighbours of one type into a row, `types` everything of one type. */
  readonly group: "none" | "runs" | "types";
  readonly sort: { readonly column: ColumnName; readonly isDescending: boolean } | undefined;
};

/** As it came: how everything is shown unless something else was chosen. */
export const IN_ORDER: Arrangement = { group: "none", sort: undefined };

type CallOf = (callId: string) => CallState | undefined;

/** What an entry is one of, for grouping: its type where it says one, else its method or event. */
export function kindOf(
  entry: Entry,
  callOf: CallOf,
): { readonly key: string; readonly label: string } {
  const { type, name, channel, direction } = viewOf(entry, callOf(entry.event.callId));
  const label = type?.label ?? name;
  return { key: `${channel} ${direction} ${label}`, label };
}

/** An order of entries by what a column says of them. */
export type EntryOrder = {
  /** What has no value comes last either way, and equals stay in the order of arrival. */
  readonly compare: (a: Entry, b: Entry) => number;
  /** Whether what a write is sorted by may change after it was made. */
  readonly isVolatile: boolean;
  /** Looks again at an entry that was compared before. Returns whether its place may have changed. */
  readonly refresh: (entry: Entry) => boolean;
};

/** An order by a column that looks at each entry once, until `refresh` is called for it. `now` returns epoch ms. */
export function orderBy(
  { column, isDescending }: NonNullable<Arrangement["sort"]>,
  callOf: CallOf,
  now: () => number,
): EntryOrder {
  type Key = number | string | undefined;
  const keys = new WeakMap<Entry, { readonly key: Key }>();
  const { sort, isVolatile = false } = columnOf(column);
  const find = (entry: Entry): Key => sort?.(viewOf(entry, callOf(entry.event.callId)), now());
  const keyOf = (entry: Entry): Key => {
    let found = keys.get(entry);
    if (!found) keys.set(entry, (found = { key: find(entry) }));
    return found.key;
  };
  return {
    isVolatile,
    refresh(entry) {
      const key = find(entry);
      if (key === keyOf(entry)) return false;
      keys.set(entry, { key });
      return true;
    },
    compare(a, b) {
      const [keyA, keyB] = [keyOf(a), keyOf(b)];
      if (keyA === keyB) return a.index - b.index;
      if (keyA === undefined || keyB === undefined) return keyA === undefined ? 1 : -1;
      return keyA < keyB === isDescending ? 1 : -1;
    },
  };
}
