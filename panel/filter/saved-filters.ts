import type { Signal } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { createStoredList } from "../session/stored-list";

const filtersSchema = v.pipe(
  v.array(
    v.object({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
      text: v.pipe(v.string(), v.maxLength(2_000)),
    }),
  ),
  v.maxLength(100),
);

type SavedFilter = v.InferOutput<typeof filtersSchema>[number];

export type SavedFilters = {
  readonly list: Signal<readonly SavedFilter[]>;
  /** Adds one, or replaces the one of this name. Answers why it could not be kept, if so. */
  save(filter: SavedFilter): string | undefined;
  /** Gives one another name. Answers why it could not, if so. */
  rename(name: string, newName: string): string | undefined;
  remove(name: string): void;
  /** Takes over what another window of the panel has stored. */
  refresh(): void;
};

/** Filters with names, kept in a storage that only the extension can read. */
export function createSavedFilters(storage: Pick<Storage, "getItem" | "setItem">): SavedFilters {
  const { list, change, refresh } = createStoredList<SavedFilter>(
    storage,
    KEY,
    read,
    write,
    TOO_MUCH,
  );
  const without = (all: readonly SavedFilter[], name: string) =>
    all.filter((each) => each.name !== name);

  return {
    list,
    refresh,
    save: (filter) => change((all) => [...without(all, filter.name.trim()), filter]),
    rename(name, newName) {
      refresh();
      const isTaken = list.value.some((each) => each.name === newName.trim());
      if (isTaken && newName.trim() !== name)
        return `There is already a filter “${newName.trim()}”.`;
      return change((all) =>
        all.map((each) => (each.name === name ? { ...each, name: newName } : each)),
      );
    },
    remove: (name) => void change((all) => without(all, name)),
  };
}

function read(text: string | null): readonly SavedFilter[] {
  const parsed = text === null ? undefined : parseJson(text);
  const loaded = v.safeParse(filtersSchema, parsed?.ok ? parsed.value : []);
  return loaded.success ? loaded.output : [];
}

function write(filters: readonly SavedFilter[]): string | undefined {
  const checked = v.safeParse(filtersSchema, filters);
  return checked.success ? JSON.stringify(checked.output) : undefined;
}

const KEY = "saved-filters";
const TOO_MUCH =
  "Not kept: up to 100 filters with names of 1 to 60 and texts of 2,000 characters fit here.";
