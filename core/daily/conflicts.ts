import { createFlipWatch } from "./flip-watch";
import { lostKeys } from "./lost-keys";
import { hasSame, type SessionData, type SessionUpdate, touchedKeys } from "./merge";

/** Two writers who got in each other's way. Daily names no author, so the other is always just "somebody else". */
export type Conflict = {
  /** `overwritten`: they wrote without having seen what this page had set. `overwrote`: this page did so to them. */
  readonly kind: "overwritten" | "overwrote" | "flip-flop";
  readonly keys: readonly string[];
  /** Numbers of the events that show it the last time, in order. */
  readonly evidence: readonly number[];
  readonly at: number;
  /** How often the same happened to the same keys; of a flip-flop, how often a change was undone. */
  readonly times: number;
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
  /** `seq` of the last of its writes. */
  readonly writeSeq: number;
  /** `seq` of the state that the page saw when it wrote a key for the last time; none for what it did not write. */
  readonly seenSeq: (key: string) => number | undefined;
  readonly update: SessionUpdate;
};

const MAX_CONFLICTS = 100;

export type ConflictWatch = {
  readonly conflicts: Map<string, Conflict>;
  own(change: OwnChange): void;
  /** Answers the keys of this page's latest writes that somebody else changed right after they were synced. */
  foreign(change: Change): { readonly writeSeq: number; readonly keys: readonly string[] }[];
  /** A new session begins: what was before it has nothing to do with what comes. */
  reset(): void;
  forgetBefore(seq: number): void;
};

type Recent = {
  readonly writeSeq: number;
  readonly syncedSeq: number;
  readonly at: number;
  readonly keys: Set<string>;
  readonly before: SessionData;
  readonly after: SessionData;
};

/**
 * Notices lost updates and keys that two writers keep changing. A write waits for its sync, so what shows within
 * `windowMs` of this page's own was most likely written before that could be seen.
 */
export function createConflictWatch(windowMs: number): ConflictWatch {
  const conflicts = new Map<string, Conflict>();
  let recentOwn: Recent[] = [];
  let recentForeign: Change[] = [];
  const flips = createFlipWatch(2 * windowMs);

  function add(
    kind: Conflict["kind"],
    keys: readonly string[],
    evidence: readonly number[],
    at: number,
    times = 1,
  ): void {
    const id = JSON.stringify([kind, [...keys].sort()]);
    const before = conflicts.get(id)?.times ?? 0;
    conflicts.delete(id);
    conflicts.set(id, { kind, keys, evidence, at, times: before + times });
    const [oldest] = conflicts.keys();
    if (conflicts.size > MAX_CONFLICTS && oldest !== undefined) conflicts.delete(oldest);
  }

  function noteFlip(change: Change, isOwn: boolean): void {
    const flip = flips.next(change, isOwn);
    if (flip) add("flip-flop", change.changed, flip.seqs, change.at, flip.undone);
  }

  return {
    conflicts,
    own(change) {
      const { before, after, at, writeSeq, seq, seenSeq, update } = change;
      const touched = new Set(touchedKeys(update, before));
      for (const theirs of recentForeign) {
        const keys = theirs.changed.filter(
          (key) =>
            touched.has(key) &&
            theirs.seq > (seenSeq(key) ?? Infinity) &&
            !hasSame(key, theirs.after, after),
        );
        if (keys.length > 0) add("overwrote", keys, [theirs.seq, writeSeq, seq], at);
      }
      recentForeign = [];
      recentOwn = recentOwn.filter((each) => at - each.at < windowMs);
      // What this page itself has replaced, nobody else can take from it any more.
      for (const { keys } of recentOwn) for (const key of touched) keys.delete(key);
      const keys = new Set([...Object.keys(update.data), ...update.keysToDelete]);
      recentOwn.push({ writeSeq, syncedSeq: seq, at, keys, before, after });
      noteFlip(change, true);
    },
    foreign(change) {
      const { at, seq, changed, after } = change;
      recentForeign = [...recentForeign.slice(-20), change];
      recentOwn = recentOwn.filter((each) => at - each.at < windowMs);
      noteFlip(change, false);
      return recentOwn.flatMap(({ writeSeq, syncedSeq, keys: own, ...written }) => {
        const keys = changed.filter((key) => own.has(key) && !hasSame(key, after, written.after));
        if (keys.length === 0) return [];
        // Another value may be their answer to this page's. One that has all of it undone was made without it.
        const lost = lostKeys(written.before, written.after, after).filter((key) => own.has(key));
        if (lost.length > 0) add("overwritten", lost, [writeSeq, syncedSeq, seq], at);
        return [{ writeSeq, keys }];
      });
    },
    reset() {
      recentOwn = [];
      recentForeign = [];
      flips.reset();
    },
    forgetBefore(seq) {
      for (const [id, { evidence }] of conflicts)
        if (evidence.some((each) => each < seq)) conflicts.delete(id);
    },
  };
}
