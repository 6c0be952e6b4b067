import { type Signal, signal } from "@preact/signals";

export type StoredList<T> = {
  readonly list: Signal<readonly T[]>;
  /**
   * Makes a new list of what is stored by now, and stores it before it is shown: what is seen is what is kept. Answers
   * why it could not be kept, if so.
   */
  readonly change: (make: (stored: readonly T[]) => readonly T[]) => string | undefined;
  /** Takes over what another window of the panel has stored. */
  readonly refresh: () => void;
};

/** A list in a storage that several windows of the panel share. Nobody writes over what another has just added. */
export function createStoredList<T>(
  storage: Pick<Storage, "getItem" | "setItem">,
  key: string,
  /** What a stored text holds; null when nothing was stored yet. */
  read: (text: string | null) => readonly T[],
  /** The text to store; undefined when the list cannot be kept. */
  write: (list: readonly T[]) => string | undefined,
  tooMuch: string,
): StoredList<T> {
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
