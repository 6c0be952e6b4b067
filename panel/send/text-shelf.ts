import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import type { KeepStorage } from "../session/kept";

export type ShelfStorage = KeepStorage & Pick<Storage, "removeItem">;

const INDEX = "drafts";
/** So many texts are kept, of which the one that was written longest ago goes first. */
export const MAX_TEXTS = 40;

const keysSchema = v.array(v.string());

/** Texts in a storage with an end. Where there is no room for another, older ones make it. */
export function createTextShelf(storage: ShelfStorage) {
  /** Their keys, the one that was written last at the end. Another window may have written meanwhile. */
  function keys(): readonly string[] {
    const stored = parseJson(storage.getItem(INDEX) ?? "");
    const read = v.safeParse(keysSchema, stored.ok ? stored.value : []);
    return read.success ? read.output : [];
  }

  return {
    read: (key: string): string | null => storage.getItem(key),

    write(key: string, text: string): void {
      const known = keys();
      const others = known.filter((each) => each !== key);
      const old = others.slice(0, Math.max(0, others.length + 1 - MAX_TEXTS));
      const young = others.slice(old.length);
      for (const each of old) storage.removeItem(each);
      for (;;) {
        try {
          storage.setItem(key, text);
          if (known.at(-1) !== key) storage.setItem(INDEX, JSON.stringify([...young, key]));
          return;
        } catch {
          // A full storage: without older ones to remove, the text still holds while the panel is open.
          const oldest = young.shift();
          if (oldest === undefined) return storage.gaveUp?.();
          storage.removeItem(oldest);
        }
      }
    },
  };
}
