import { hasSame, type SessionData, type SessionUpdate, touchedKeys } from "./merge";

/** Two writers who got in each other's way. Daily names no author, so the other is always just "somebody else". */
export type Conflict = {
  /** `overwritten`: they changed what this page had just set. `overwrote`: this page wrote over a change that it had not seen. */
  readonly kind: "overwritten" | "overwrote" | "flip-flop";
  readonly keys: readonly string[];
  /** Numbers of the events that show it the last time, in order. */
  readonly evidence: readonly number[];
  readonly at: number;
  /** How often the same happened to the same keys. */
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
  /** `seq` of the last of its writes, and of the state that the page saw when it made the first. */
  readonly writeSeq: number;
  readonly seenSeq: number;
  readonly update: SessionUpdate;
};

/** A key must change hands so often, within so long, to be called a flip-flop. Our own choice. */
const FLIPS = 4;
const FLIP_MS = 10_000;
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
  readonly data: SessionData;
};

/** Notices lost updates and keys that two writers keep changing. `windowMs`: how soon after a sync a change counts. */
export function createConflictWatch(windowMs: number): ConflictWatch {
  const conflicts = new Map<string, Conflict>();
  let recentOwn: Recent[] = [];
  let recentForeign: Change[] = [];
  const hands = new Map<string, { seq: number; at: number; isOwn: boolean }[]>();

  function add(
    kind: Conflict["kind"],
    keys: readonly string[],
    evidence: readonly number[],
    at: number,
  ): void {
    const id = JSON.stringify([kind, [...keys].sort()]);
    const times = (conflicts.get(id)?.times ?? 0) + 1;
    conflicts.delete(id);
    conflicts.set(id, { kind, keys, evidence, at, times });
    const [oldest] = conflicts.keys();
    if (conflicts.size > MAX_CONFLICTS && oldest !== undefined) conflicts.delete(oldest);
  }

  function noteHands({ seq, at, changed }: Change, isOwn: boolean): void {
    for (const key of changed) {
      const before = (hands.get(key) ?? []).filter((each) => at - each.at < FLIP_MS);
      const turns =
        before.at(-1)?.isOwn === isOwn ? [{ seq, at, isOwn }] : [...before, { seq, at, isOwn }];
      hands.set(key, turns);
      if (turns.length < FLIPS) continue;
      add(
        "flip-flop",
        [key],
        turns.map((turn) => turn.seq),
        at,
      );
      hands.delete(key);
    }
  }

  return {
    conflicts,
    own(change) {
      const { after, at, writeSeq, seq, seenSeq, update } = change;
      const touched = new Set(touchedKeys(update, change.before));
      for (const theirs of recentForeign) {
        if (theirs.seq <= seenSeq) continue;
        const keys = theirs.changed.filter(
          (key) => touched.has(key) && !hasSame(key, theirs.after, after),
        );
        if (keys.length > 0) add("overwrote", keys, [theirs.seq, writeSeq, seq], at);
      }
      recentForeign = [];
      recentOwn = recentOwn.filter((each) => at - each.at < windowMs);
      // What this page itself has replaced, nobody else can take from it any more.
      for (const { keys } of recentOwn) for (const key of touched) keys.delete(key);
      const keys = new Set([...Object.keys(update.data), ...update.keysToDelete]);
      recentOwn.push({ writeSeq, syncedSeq: seq, at, keys, data: update.data });
      noteHands(change, true);
    },
    foreign(change) {
      const { at, seq, changed, after } = change;
      recentForeign = [...recentForeign.slice(-20), change];
      recentOwn = recentOwn.filter((each) => at - each.at < windowMs);
      noteHands(change, false);
      return recentOwn.flatMap(({ writeSeq, syncedSeq, keys: own, data }) => {
        const keys = changed.filter((key) => own.has(key) && !hasSame(key, after, data));
        if (keys.length === 0) return [];
        add("overwritten", keys, [writeSeq, syncedSeq, seq], at);
        return [{ writeSeq, keys }];
      });
    },
    reset() {
      recentOwn = [];
      recentForeign = [];
      hands.clear();
    },
    forgetBefore(seq) {
      for (const [id, { evidence }] of conflicts)
        if (evidence.some((each) => each < seq)) conflicts.delete(id);
    },
  };
}
