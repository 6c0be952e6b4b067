import { dequal } from "dequal/lite";

import { type SessionData, type SessionUpdate, touchedKeys } from "./merge";

/** Two writers who got in each other's way. Daily names no author, so the other is always just "somebody else". */
export type Conflict = {
  /** `overwritten`: they changed what this page had just set. `overwrote`: this page wrote over a change that it had not seen. */
  readonly kind: "overwritten" | "overwrote" | "flip-flop";
  readonly keys: readonly string[];
  /** Numbers of the events that show it, in order. */
  readonly evidence: readonly number[];
  readonly at: number;
};

/** A change of state that is being looked at. */
export type Change = {
  readonly seq: number;
  readonly at: number;
  readonly before: SessionData;
  readonly after: SessionData;
  readonly changed: readonly string[];
};

/** What this page's writes of one window became. */
type OwnChange = Change & {
  /** `seq` of the last of its writes, and of the state that the page saw when it made the first. */
  readonly writeSeq: number;
  readonly seenSeq: number;
  readonly update: SessionUpdate;
};

/** A key must change hands so often, within so long, to be called a flip-flop. Our own choice. */
const FLIPS = 4;
const FLIP_MS = 10_000;

export type ConflictWatch = {
  readonly conflicts: Conflict[];
  own(change: OwnChange): void;
  /** Answers the keys of this page's latest writes that somebody else changed right after they were synced. */
  foreign(change: Change): { readonly writeSeq: number; readonly keys: readonly string[] }[];
};

/** Notices lost updates and keys that two writers keep changing. `windowMs`: how soon after a sync a change counts. */
export function createConflictWatch(windowMs: number): ConflictWatch {
  const conflicts: Conflict[] = [];
  let recentOwn: OwnChange[] = [];
  let recentForeign: Change[] = [];
  const hands = new Map<string, { seq: number; at: number; isOwn: boolean }[]>();

  function noteHands({ seq, at, changed }: Change, isOwn: boolean): void {
    for (const key of changed) {
      const before = (hands.get(key) ?? []).filter((each) => at - each.at < FLIP_MS);
      const turns =
        before.at(-1)?.isOwn === isOwn ? [{ seq, at, isOwn }] : [...before, { seq, at, isOwn }];
      hands.set(key, turns);
      if (turns.length < FLIPS) continue;
      conflicts.push({
        kind: "flip-flop",
        keys: [key],
        evidence: turns.map((turn) => turn.seq),
        at,
      });
      hands.delete(key);
    }
  }

  return {
    conflicts,
    own(change) {
      const { after, at, writeSeq, seq, seenSeq } = change;
      const touched = new Set(touchedKeys(change.update, change.before));
      for (const theirs of recentForeign) {
        if (theirs.seq <= seenSeq) continue;
        const keys = theirs.changed.filter(
          (key) => touched.has(key) && !dequal(theirs.after[key], after[key]),
        );
        if (keys.length > 0)
          conflicts.push({ kind: "overwrote", keys, evidence: [theirs.seq, writeSeq, seq], at });
      }
      recentForeign = [];
      recentOwn = [...recentOwn.filter((each) => at - each.at < windowMs), change];
      noteHands(change, true);
    },
    foreign(change) {
      const { at, seq, changed, after } = change;
      recentForeign = [...recentForeign.slice(-20), change];
      recentOwn = recentOwn.filter((each) => at - each.at < windowMs);
      noteHands(change, false);
      return recentOwn.flatMap(({ writeSeq, update, seq: syncedSeq }) => {
        const own = new Set([...Object.keys(update.data), ...update.keysToDelete]);
        const keys = changed.filter((key) => own.has(key) && !dequal(after[key], update.data[key]));
        if (keys.length === 0) return [];
        conflicts.push({ kind: "overwritten", keys, evidence: [writeSeq, syncedSeq, seq], at });
        return [{ writeSeq, keys }];
      });
    },
  };
}
