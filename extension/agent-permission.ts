/**
 * Whether coding agents may have pages send and set data: the one setting that panel and background share. In IndexedDB,
 * which both have without a permission; the background has no `localStorage`.
 */
const DATABASE = "agents";
const STORE = "settings";
const KEY = "may-command";

/** Off until the user turned it on, and wherever it can't be read. */
export async function mayAgentsCommand(): Promise<boolean> {
  try {
    return (await inStore("readonly", (store) => store.get(KEY))) === true;
  } catch {
    return false;
  }
}

/** Rejects where it can't be kept. */
export async function letAgentsCommand(isAllowed: boolean): Promise<void> {
  await inStore("readwrite", (store) => store.put(isAllowed, KEY));
}

async function inStore<T>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  const database = await resultOf(opening);
  try {
    return await resultOf(use(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
  });
