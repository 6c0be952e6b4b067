/** What the panel keeps across windows and sessions: a setting, a list, and the storage for both, which may be full or blocked. */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import * as v from "valibot";

export type SafeStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  /** False once something could not be kept: it then holds until the panel is closed. */
  readonly isKept: ReadonlySignal<boolean>;
  /** Says that a value could not be kept, after everything that could make room for it. */
  gaveUp(): void;
};

/** As much of a storage as keeping takes. */
export type KeepStorage = Pick<Storage, "getItem" | "setItem"> &
  Partial<Pick<SafeStorage, "gaveUp">>;

/**
 * The extension's storage, for all that the panel remembers. Browsers that block all site data throw when it is only
 * touched: then values live in memory. A full storage still throws on `setItem`, for callers that can make room or have
 * to say so.
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

/** Returns what a stored text holds; undefined for none and for one of another shape, such as that of an older version. */
export function readKept<T>(
  text: string | null,
  schema: v.GenericSchema<unknown, T>,
): T | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return read.success ? read.output : undefined;
}

/** Keeps a choice of the user. Where that isn't possible it holds until the panel is closed. */
export function keepSetting<T>(
  storage: KeepStorage,
  name: string,
  setting: Signal<T>,
  schema: v.GenericSchema<unknown, T>,
): void {
  const key = `setting:${name}`;
  const saved = readKept(storage.getItem(key), schema);
  if (saved !== undefined) setting.value = saved;
  effect(() => {
    // A choice that was not made is not kept.
    if (setting.value === undefined) return;
    try {
      storage.setItem(key, JSON.stringify(setting.value));
    } catch {
      storage.gaveUp?.();
    }
  });
}

export type KeptList<T> = {
  readonly list: Signal<readonly T[]>;
  /**
   * Makes a new list of what is stored by now, and stores it before it is shown: what is seen is what is kept. Returns
   * why it could not be kept, if so.
   */
  readonly change: (make: (stored: readonly T[]) => readonly T[]) => string | undefined;
  /** Takes over what another window of the panel has stored. */
  readonly refresh: () => void;
};

/** A list that several windows of the panel share: none of them writes over what another has just added. */
export function createKeptList<T>(
  storage: KeepStorage,
  key: string,
  /** What a stored text holds; null when nothing was stored yet. */
  read: (text: string | null) => readonly T[],
  /** The text to store; undefined when the list cannot be kept. */
  write: (list: readonly T[]) => string | undefined,
  tooMuch: string,
): KeptList<T> {
  let known = storage.getItem(key);
  const list = signal<readonly T[]>(read(known));

  function refresh(): void {
    const stored = storage.getItem(key);
    if (stored === known) return;
    known = stored;
    list.value = read(stored);
  }

  return {
    list,
    refresh,
    change(make) {
      refresh();
      const text = write(make(list.value));
      if (text === undefined) return tooMuch;
      try {
        storage.setItem(key, text);
      } catch {
        return tooMuch;
      }
      known = text;
      list.value = read(text);
      return undefined;
    },
  };
}
