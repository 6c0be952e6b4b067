import type { Change } from "./conflicts";
import { hasSame } from "./merge";

/** One undoing may be a change of mind; from here on, both sides have done it. Our own choice. */
const MIN_UNDONE = 3;
const MAX_KEYS = 500;

/** Changes by turns, of which each undid the one before it. */
type Chain = { readonly change: Change; readonly isOwn: boolean; readonly seqs: readonly number[] };

export type FlipWatch = {
  /** Looks at the next change of the room. Answers once the same goes back and forth, with how often it newly did. */
  next(
    change: Change,
    isOwn: boolean,
  ): { readonly seqs: readonly number[]; readonly undone: number } | undefined;
  reset(): void;
};

/**
 * Notices two writers who undo each other. Taking turns is something else: there, something moves on with each change,
 * or the two take longer than the next sync. `answerMs`: how soon an undoing has to follow.
 */
export function createFlipWatch(answerMs: number): FlipWatch {
  const chains = new Map<string, Chain>();

  return {
    next(change, isOwn) {
      const { seq, at, changed } = change;
      const [first] = changed;
      const before = first === undefined ? undefined : chains.get(first);
      const isUndone =
        before !== undefined &&
        before.isOwn !== isOwn &&
        at - before.change.at <= answerMs &&
        changed.every((key) => hasSame(key, change.after, before.change.before));
      const seqs = isUndone ? [...before.seqs, seq].slice(-MIN_UNDONE - 2) : [seq];
      if (chains.size > MAX_KEYS) chains.clear();
      for (const key of changed) chains.set(key, { change, isOwn, seqs });
      const undone = seqs.length - 1;
      if (undone < MIN_UNDONE) return undefined;
      return { seqs: seqs.slice(-MIN_UNDONE - 1), undone: undone === MIN_UNDONE ? undone : 1 };
    },
    reset: () => chains.clear(),
  };
}
