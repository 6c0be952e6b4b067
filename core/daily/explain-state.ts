import { applyUpdate, enqueue, hasSame, type SessionData, type SessionUpdate } from "./merge";
import { sameJson } from "../lib/same-json";

/** A write that waits, as much of it as an explanation needs. */
type Waiting = { readonly at: number; readonly update: SessionUpdate };

/** The run of waiting writes that a new state came from. Those before `start` must have gone out earlier. */
export type Explanation = {
  readonly start: number;
  readonly count: number;
  readonly effective: SessionUpdate;
};

/**
 * Finds the writes that, put together by the rules of Daily's queue, make a new state: first the longest run from the
 * oldest, then runs that begin a window or more later (what came before was lost to somebody else's write in the same
 * sync). `windowMs`: length of a window; `maxMs`: writes further apart never go out together.
 */
export function explainState(
  waiting: readonly Waiting[],
  before: SessionData,
  after: SessionData,
  { windowMs, maxMs }: { windowMs: number; maxMs: number },
): Explanation | undefined {
  for (const explains of [makes, isWithin]) {
    let start = 0;
    while (start < waiting.length) {
      const found = longestRun(waiting, start, before, after, explains, maxMs);
      if (found) return found;
      const startedAt = waiting[start]?.at ?? 0;
      const next = waiting.findIndex(({ at }) => at >= startedAt + windowMs);
      if (next < 0) break;
      start = next;
    }
  }
  return undefined;
}

type Explains = (update: SessionUpdate, before: SessionData, after: SessionData) => boolean;

function longestRun(
  waiting: readonly Waiting[],
  start: number,
  before: SessionData,
  after: SessionData,
  explains: Explains,
  maxMs: number,
): Explanation | undefined {
  let found: Explanation | undefined;
  let effective: SessionUpdate | undefined;
  const startedAt = waiting[start]?.at ?? 0;
  for (let index = start; index < waiting.length; index++) {
    const { at, update } = waiting[index] as Waiting;
    if (at - startedAt > maxMs) break;
    effective = enqueue(effective, update);
    // Cheap first: all that the last write of a run set must be there, whatever else is.
    if (!effective || !isVisible(update, after) || !explains(effective, before, after)) continue;
    found = { start, count: index - start + 1, effective };
  }
  return found;
}

const isVisible = ({ data, keysToDelete }: SessionUpdate, after: SessionData): boolean =>
  Object.keys(data).every((key) => hasSame(key, data, after)) &&
  keysToDelete.every((key) => !Object.hasOwn(after, key));

const makes: Explains = (update, before, after) => sameJson(applyUpdate(before, update), after);

/** Whether a merge arrived together with a change of somebody else's, in one state. */
const isWithin: Explains = (update, before, after) =>
  update.strategy === "shallow-merge" &&
  sameJson(applyUpdate(after, update), after) &&
  !sameJson(applyUpdate(before, update), before);
