import { type ReadonlySignal, signal } from "@preact/signals";

export type SafeStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  /** False once something could not be kept: it then holds until the panel is closed. */
  readonly isKept: ReadonlySignal<boolean>;
  /** Says that a value could not be kept, after everything that could make room for it. */
  gaveUp(): void;
};

/**
 * The extension's storage, for all that the panel remembers. Browsers that block all site data throw when it is only
 * touched: then values live in memory. A full storage still throws on `setItem`, for callers that can make room or have
 * to say so; use `keep` where there is nothing else to do.
 */
export function createSafeStorage(open: () => Storage): SafeStorage {
  /** What could not be stored: it is newer than what the storage has. */
  const memory = new Map<string, string>();
  const isKept = signal(true);
  const gaveUp = () => void (isKept.value = false);
  const storage = attempt(() => {
    const opened = open();
    opened.getItem("");
    return opened;
  });
  if (!storage) gaveUp();
  return {
    isKept,
    gaveUp,
    getItem: (key) => memory.get(key) ?? attempt(() => storage?.getItem(key)) ?? null,
    removeItem(key) {
      memory.delete(key);
      attempt(() => storage?.removeItem(key));
    },
    setItem(key, value) {
      memory.set(key, value);
      if (!storage) return;
      storage.setItem(key, value);
      memory.delete(key);
    },
  };
}

/** What comes of it; undefined where it throws, as a storage may at any time. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** For a panel that keeps nothing: everything holds until it is closed. */
export const createMemoryStorage = (): SafeStorage =>
  createSafeStorage(() => {
    throw new Error("no storage");
  });

/** Stores a value where that is possible; what is seen holds either way. */
export function keep(storage: KeepStorage, key: string, value: string): void {
  try {
    storage.setItem(key, value);
  } catch {
    storage.gaveUp?.();
  }
}

/** As much of a storage as `keep` needs. */
export type KeepStorage = Pick<Storage, "getItem" | "setItem"> &
  Partial<Pick<SafeStorage, "gaveUp">>;
