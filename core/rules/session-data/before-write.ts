import { applyUpdate, hasSame, type SessionData } from "../../daily/merge";
import { dataOf } from "../../daily/session-tracker";
import type { SessionWrite } from "../../daily/session-write";

/** The room as it would have been without a write: the state that the page saw, with what waited already. */
export function beforeWrite({ base, before }: SessionWrite): SessionData {
  const seen = dataOf(base);
  return before ? applyUpdate(seen, before) : seen;
}

/**
 * What a value that takes the place of another drops, if it looks like a patch: only what changed, and nothing that was
 * there already as it is. Whoever rewrites a value as a whole repeats some of it, and means what is missing.
 */
export function droppedByPatch(before: SessionData, after: SessionData): string[] {
  const given = Object.keys(after);
  if (
    given.length === 0 ||
    given.some((key) => Object.hasOwn(before, key) && hasSame(key, before, after))
  )
    return [];
  return Object.keys(before).filter((key) => !Object.hasOwn(after, key));
}
