import { sameJson } from "../lib/json";
import { type Path, valueAt } from "../lib/paths";
import {
  applyUpdate,
  changedKeys,
  hasSame,
  pickKeys,
  type SessionData,
  type SessionUpdate,
  touchedKeys,
} from "./merge";

/** An edit of some data by its top-level keys, and what others made of the data since the edit began. */
export type ThreeWay = {
  /** The data that the edit began on. */
  readonly base: SessionData;
  /** What the edit does to it; undefined while its text can't be read. */
  readonly mine: SessionUpdate | undefined;
  /** The data as it is now. */
  readonly theirs: SessionData;
};

/** What is chosen between where both changed the same: `undefined` where it is gone. */
export type Sides = { readonly mine: unknown; readonly theirs: unknown };

/** Keys that changed since the edit began, other than to what the edit itself says. */
export function changedSince({ base, mine, theirs }: ThreeWay): string[] {
  const own = mine && applyUpdate(base, mine);
  return changedKeys(base, theirs).filter((key) => !own || !hasSame(key, theirs, own));
}

/** Those of them that the edit would write over: of each, one side must give way. */
export function conflictsIn(edit: ThreeWay): string[] {
  const { base, mine, theirs } = edit;
  if (!mine) return [];
  const written = new Set([...touchedKeys(mine, base), ...touchedKeys(mine, theirs)]);
  return changedSince(edit).filter((key) => written.has(key));
}

/** Both values of some keys. */
export function sidesIn(
  { base, mine, theirs }: ThreeWay,
  keys: readonly string[],
): ReadonlyMap<string, Sides> {
  const own = mine ? applyUpdate(base, mine) : {};
  return new Map(
    keys.map((key) => [key, { mine: valueAt(own, [key]), theirs: valueAt(theirs, [key]) }]),
  );
}

/** The same update with their side of some keys: a merge leaves them alone, a replace has to repeat them. */
export function yielding(
  mine: SessionUpdate,
  theirs: SessionData,
  keys: ReadonlySet<string>,
): SessionUpdate {
  const stays = (key: string) => !keys.has(key);
  const own = pickKeys(mine.data, Object.keys(mine.data).filter(stays));
  return {
    strategy: mine.strategy,
    data: mine.strategy === "replace" ? { ...own, ...pickKeys(theirs, [...keys]) } : own,
    keysToDelete: mine.keysToDelete.filter(stays),
  };
}

/**
 * What a change of the state means for an edit of one place in it, of which all under `written` is sent. `beside`: the
 * edit leaves alone what changed. `around`: sent as it is, the edit would undo it. `same`: the very place changed.
 */
export function placeSince(
  { base, theirs }: { readonly base: unknown; readonly theirs: unknown },
  path: Path,
  written: Path,
): "beside" | "around" | "same" {
  const isSame = (at: Path) => sameJson(valueAt(base, at), valueAt(theirs, at));
  if (!isSame(path)) return "same";
  return isSame(written) ? "beside" : "around";
}
