import * as v from "valibot";

import { createKeptList, type KeepStorage, type KeptList, readKept } from "../session/kept";

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

export type SavedFilters = Pick<KeptList<SavedFilter>, "list" | "refresh"> & {
  /** Adds one, or replaces the one of this name. Returns why it could not be kept, if so. */
  save(filter: SavedFilter): string | undefined;
  /** Gives one another name. Returns why it could not, if so. */
  rename(name: string, newName: string): string | undefined;
  remove(name: string): void;
};

/** Filters with names, kept in a storage that only the extension can read. */
export function createSavedFilters(storage: KeepStorage): SavedFilters {
  const { list, change, refresh } = createKeptList(
    storage,
    KEY,
    (text) => readKept(text, filtersSchema) ?? [],
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

function write(filters: readonly SavedFilter[]): string | undefined {
  const checked = v.safeParse(filtersSchema, filters);
  return checked.success ? JSON.stringify(checked.output) : undefined;
}

const KEY = "saved-filters";
const TOO_MUCH =
  "Not kept: up to 100 filters with names of 1 to 60 and texts of 2,000 characters fit here.";
