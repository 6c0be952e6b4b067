import { signal, type Signal } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";

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
};

/** Filters with names, kept in a storage that only the extension can read. */
export function createSavedFilters(storage: Pick<Storage, "getItem" | "setItem">): SavedFilters {
  const stored = storage.getItem(KEY);
  const parsed = stored === null ? undefined : parseJson(stored);
  const loaded = v.safeParse(filtersSchema, parsed?.ok ? parsed.value : []);
  const list = signal<readonly SavedFilter[]>(loaded.success ? loaded.output : []);

  /** Stored before it is shown: what is seen is what is kept. */
  function keep(filters: readonly SavedFilter[]): string | undefined {
    const checked = v.safeParse(filtersSchema, filters);
    if (!checked.success) return TOO_MUCH;
    try {
      storage.setItem(KEY, JSON.stringify(checked.output));
    } catch {
      return TOO_MUCH;
    }
    list.value = checked.output;
    return undefined;
  }
  const without = (name: string) => list.value.filter((each) => each.name !== name);

  return {
    list,
    save: (filter) => keep([...without(filter.name.trim()), filter]),
    rename(name, newName) {
      const isTaken = list.value.some((each) => each.name === newName.trim());
      if (isTaken && newName.trim() !== name)
        return `There is already a filter “${newName.trim()}”.`;
      return keep(
        list.value.map((each) => (each.name === name ? { ...each, name: newName } : each)),
      );
    },
    remove: (name) => void keep(without(name)),
  };
}

const KEY = "saved-filters";
const TOO_MUCH =
  "Not kept: up to 100 filters with names of 1 to 60 and texts of 2,000 characters fit here.";
