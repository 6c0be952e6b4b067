import { batch, type ReadonlySignal, signal } from "@preact/signals";

import type { Entry } from "./session-log";
import { isGroup, type TableRow } from "./table-rows";

export type Selection = {
  /** The entry whose details are shown, and from which the keyboard goes on. */
  readonly selected: ReadonlySignal<Entry | undefined>;
  /** All that are chosen; `selected` is one of them. */
  readonly chosen: ReadonlySignal<ReadonlySet<Entry>>;
  choose(entry: Entry | undefined): void;
  /** Adds an entry to the chosen ones, or takes it out of them. */
  toggle(entry: Entry): void;
  /** Chooses all from the one that was chosen alone last to this one, in the order of the rows. */
  extendTo(entry: Entry, rows: readonly TableRow[]): void;
  chooseAll(entries: readonly Entry[]): void;
};

const NONE: ReadonlySet<Entry> = new Set();

/** Which rows are chosen, in the ways that lists are used to. */
export function createSelection(): Selection {
  const selected = signal<Entry | undefined>(undefined);
  const chosen = signal<ReadonlySet<Entry>>(NONE);
  let anchor: Entry | undefined;

  const set = (entry: Entry | undefined, entries: ReadonlySet<Entry>) =>
    batch(() => {
      selected.value = entry;
      chosen.value = entries;
    });

  return {
    selected,
    chosen,

    choose(entry) {
      anchor = entry;
      set(entry, entry ? new Set([entry]) : NONE);
    },

    toggle(entry) {
      anchor = entry;
      const entries = new Set(chosen.value);
      if (!entries.delete(entry)) return set(entry, entries.add(entry));
      set([...entries].at(-1), entries);
    },

    extendTo(entry, rows) {
      const ends = [rows.indexOf(anchor ?? entry), rows.indexOf(entry)].sort((a, b) => a - b);
      const [from = -1, to = -1] = ends;
      if (from < 0) return this.choose(entry);
      const between = rows.slice(from, to + 1);
      set(entry, new Set(between.flatMap((row) => (isGroup(row) ? [] : [row]))));
    },

    chooseAll: (entries) => set(selected.value ?? entries.at(-1), new Set(entries)),
  };
}
