import { batch, type ReadonlySignal, signal } from "@preact/signals";

import { isGroup, type RowGroup, type TableRow } from "./table-rows";
import type { Entry } from "../../core/session/session-log";

export type Selection = {
  /** The entry that the keyboard is at, and whose details are shown while they are open. */
  readonly selected: ReadonlySignal<Entry | undefined>;
  readonly isOpen: ReadonlySignal<boolean>;
  /** All that are chosen; `selected` is one of them. */
  readonly chosen: ReadonlySignal<ReadonlySet<Entry>>;
  /** The head of a group that the keyboard is at, in place of an entry. */
  readonly head: ReadonlySignal<RowGroup | undefined>;
  /** Chooses this one alone, and opens its details. */
  choose(entry: Entry | undefined): void;
  /** Chooses this one alone, and leaves the details open or closed. */
  move(entry: Entry): void;
  /** Opens the details of the selected one, or closes them. */
  setOpen(isOpen: boolean): void;
  chooseHead(group: RowGroup): void;
  /** Adds an entry to the chosen ones, or takes it out of them. */
  toggle(entry: Entry): void;
  /** Chooses all from the one that was chosen alone last to this one, in the order of the rows. */
  extendTo(entry: Entry, rows: readonly TableRow[]): void;
  chooseAll(entries: readonly Entry[]): void;
  /** The chosen ones in the order of arrival, whatever the order in which they were chosen. */
  inOrder(): Entry[];
};

const NONE: ReadonlySet<Entry> = new Set();

/** Which rows are chosen, in the ways that lists are used to. */
export function createSelection(): Selection {
  const selected = signal<Entry | undefined>(undefined);
  const chosen = signal<ReadonlySet<Entry>>(NONE);
  const head = signal<RowGroup | undefined>(undefined);
  const isOpen = signal(false);
  let anchor: Entry | undefined;

  const set = (entry: Entry | undefined, entries: ReadonlySet<Entry>, group?: RowGroup) =>
    batch(() => {
      selected.value = entry;
      chosen.value = entries;
      head.value = group;
    });

  function chooseAlone(entry: Entry | undefined): void {
    anchor = entry;
    set(entry, entry ? new Set([entry]) : NONE);
  }

  function choose(entry: Entry | undefined): void {
    batch(() => {
      chooseAlone(entry);
      isOpen.value = entry !== undefined;
    });
  }

  return {
    selected,
    chosen,
    head,
    isOpen,
    choose,
    move: chooseAlone,
    setOpen: (open) => void (isOpen.value = open && selected.value !== undefined),
    chooseHead: (group) => set(undefined, NONE, group),

    toggle(entry) {
      anchor = entry;
      const entries = new Set(chosen.value);
      if (!entries.delete(entry)) return set(entry, entries.add(entry));
      set([...entries].at(-1), entries);
    },

    extendTo(entry, rows) {
      const ends = [rows.indexOf(anchor ?? entry), rows.indexOf(entry)].sort((a, b) => a - b);
      const [from = -1, to = -1] = ends;
      if (from < 0) return chooseAlone(entry);
      const between = rows.slice(from, to + 1);
      set(entry, new Set(between.flatMap((row) => (isGroup(row) ? [] : [row]))));
    },

    chooseAll: (entries) => set(selected.value ?? entries.at(-1), new Set(entries)),
    inOrder: () => [...chosen.value].sort((a, b) => a.index - b.index),
  };
}
