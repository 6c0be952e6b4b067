import { sameJson } from "../lib/json";

/** Meeting session data: always a plain object (daily-js refuses anything else). */
export type SessionData = Readonly<Record<string, unknown>>;

/** One update as it is queued and sent: what `setMeetingSessionData()` was given, or several of them in one. */
export type SessionUpdate = {
  readonly strategy: "replace" | "shallow-merge";
  readonly data: SessionData;
  /** Top-level keys that were given as `undefined`: a shallow merge deletes them. */
  readonly keysToDelete: readonly string[];
};

/** The room's data after an update. A shallow merge replaces nested objects, and does not merge them. */
export function applyUpdate(
  data: SessionData,
  { strategy, data: given, keysToDelete }: SessionUpdate,
): SessionData {
  if (strategy === "replace") return given;
  const merged = { ...data, ...given };
  for (const key of keysToDelete) delete merged[key];
  return merged;
}

/**
 * What waits for the next sync after one more update, by the rules of Daily's client queue (`SessionData.js`, readable
 * in daily-js 0.50): an empty merge is not queued, a replace discards what waited and makes all of the batch a replace,
 * and a merge goes into what waits, whatever that is.
 */
export function enqueue(
  waiting: SessionUpdate | undefined,
  update: SessionUpdate,
): SessionUpdate | undefined {
  if (update.strategy === "replace") return { ...update, keysToDelete: [] };
  if (isEmptyMerge(update)) return waiting;
  if (!waiting) return update;
  const data = applyUpdate(waiting.data, update);
  // A replace has nothing to delete from: a key that is not in it is gone anyway.
  if (waiting.strategy === "replace") return { ...waiting, data };
  const keysToDelete = [
    ...waiting.keysToDelete.filter((key) => !Object.hasOwn(update.data, key)),
    ...update.keysToDelete.filter((key) => !waiting.keysToDelete.includes(key)),
  ];
  return { strategy: "shallow-merge", data, keysToDelete };
}

/** An empty shallow merge changes nothing, so Daily does not queue it. */
export function isEmptyMerge({ strategy, data, keysToDelete }: SessionUpdate): boolean {
  return (
    strategy === "shallow-merge" && Object.keys(data).length === 0 && keysToDelete.length === 0
  );
}

/** Top-level keys whose values differ between two states, those that only one of them has included. */
export function changedKeys(before: SessionData, after: SessionData): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !hasSame(key, before, after));
}

/** The least that turns one state into another: only the top-level keys that differ. */
export function smallestUpdate(before: SessionData, after: SessionData): SessionUpdate {
  const changed = changedKeys(before, after);
  return {
    strategy: "shallow-merge",
    data: pickKeys(after, changed),
    keysToDelete: changed.filter((key) => !Object.hasOwn(after, key)),
  };
}

/** What some data has under these keys. */
export const pickKeys = (data: SessionData, keys: readonly string[]): SessionData =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(data, key)).map((key) => [key, data[key]]));

/** Whether a key is in both and equal, or in neither. Own keys only: a room may well have one named `constructor`. */
export function hasSame(key: string, a: SessionData, b: SessionData): boolean {
  if (Object.hasOwn(a, key) !== Object.hasOwn(b, key)) return false;
  return !Object.hasOwn(a, key) || sameJson(a[key], b[key]);
}

/** Top-level keys that an update sets or deletes. A replace touches every key that was there, too. */
export function touchedKeys(
  { strategy, data, keysToDelete }: SessionUpdate,
  before: SessionData,
): string[] {
  const own = [...Object.keys(data), ...keysToDelete];
  return strategy === "replace" ? [...new Set([...own, ...Object.keys(before)])] : own;
}

export const isSessionData = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);
