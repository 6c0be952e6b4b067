import type { CallState } from "./call-state";
import { latencyOf } from "./latency";
import type { Entry } from "./session-log";
import { rowOf } from "./traffic-row";

export const SORTS = ["time", "channel", "people", "summary", "size", "latency", "status"] as const;
export type SortColumn = (typeof SORTS)[number];

/** How the rows of the table follow each other. A sorted table is not grouped. */
export type Arrangement = {
  /** `runs` folds neighbours of one type into a row, `types` everything of one type. */
  readonly group: "none" | "runs" | "types";
  readonly sort: { readonly column: SortColumn; readonly isDescending: boolean } | undefined;
};

/** As it came, which is how everything is shown unless somebody asks for something else. */
export const IN_ORDER: Arrangement = { group: "none", sort: undefined };

type CallOf = (callId: string) => CallState | undefined;

/** What an entry is one of, for grouping: its type where it says one, else its method or event. */
export function kindOf(
  entry: Entry,
  callOf: CallOf,
): { readonly key: string; readonly label: string } {
  const row = rowOf(entry, callOf(entry.event.callId));
  const label = row?.type?.label ?? row?.name ?? entry.event.kind;
  return { key: `${row?.channel} ${row?.direction} ${label}`, label };
}

/** What a column sorts by; undefined for what has no value there. */
function sortKey(entry: Entry, column: SortColumn, callOf: CallOf): number | string | undefined {
  if (column === "time") return entry.event.at;
  const call = callOf(entry.event.callId);
  if (column === "latency") return latencyOf(entry, call?.history)?.ms;
  const row = rowOf(entry, call);
  switch (column) {
    case "channel":
      return row && `${row.channel} ${row.name}`;
    case "people":
      return row?.from && `${row.from.label} ${row.to.map(({ label }) => label).join()}`;
    case "summary":
      return row && `${row.type?.label ?? ""} ${row.summary}`;
    case "size":
      return row?.payload?.chars;
    case "status":
      return row?.status?.label;
  }
}

/**
 * An order of entries by a column. What has no value comes last either way, and equals stay in the order of arrival.
 * Each entry is looked at once.
 */
export function compareBy(
  { column, isDescending }: NonNullable<Arrangement["sort"]>,
  callOf: CallOf,
): (a: Entry, b: Entry) => number {
  const keys = new WeakMap<Entry, { readonly key: number | string | undefined }>();
  const keyOf = (entry: Entry) => {
    let found = keys.get(entry);
    if (!found) keys.set(entry, (found = { key: sortKey(entry, column, callOf) }));
    return found.key;
  };
  return (a, b) => {
    const [keyA, keyB] = [keyOf(a), keyOf(b)];
    if (keyA === keyB) return a.index - b.index;
    if (keyA === undefined || keyB === undefined) return keyA === undefined ? 1 : -1;
    return keyA < keyB === isDescending ? 1 : -1;
  };
}
