import { type ReadonlySignal, signal } from "@preact/signals";

export type SafeStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  /** False once something could not be kept: it then holds until the panel is closed. */
  readonly isKept: ReadonlySignal<boolean>;
};

/**
 * The extension's storage, for all that the panel remembers. Browsers that block all site data throw when it is only
 * touched: then values live in memory. A full storage still throws on `setItem`, for callers that can make room or have
 * to say so; use `keep` where there is nothing else to do.
 */
export function createSafeStorage(open: () => Storage): SafeStorage {
  const memory = new Map<string, string>();
  const isKept = signal(true);
  let storage: Storage | undefined;
  try {
    storage = open();
    storage.getItem("");
  } catch {
    storage = undefined;
    isKept.value = false;
  }
  return {
    isKept,
    getItem: (key) => (storage ? storage.getItem(key) : (memory.get(key) ?? null)),
    removeItem(key) {
      memory.delete(key);
      storage?.removeItem(key);
    },
    setItem(key, value) {
      if (!storage) return void memory.set(key, value);
      try {
        storage.setItem(key, value);
      } catch (error) {
        isKept.value = false;
        throw error;
      }
    },
  };
}

/** For a panel that keeps nothing: everything holds until it is closed. */
export const createMemoryStorage = (): SafeStorage =>
  createSafeStorage(() => {
    throw new Error("no storage");
  });

/** Stores a value where that is possible; what is seen holds either way. */
export function keep(storage: Pick<Storage, "setItem">, key: string, value: string): void {
  try {
    storage.setItem(key, value);
  } catch {
    // Full: `isKept` says so.
  }
}
