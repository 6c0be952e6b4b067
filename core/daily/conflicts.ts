import { hasSame, type SessionData, type SessionUpdate, touchedKeys } from "./merge";
import { sameJson } from "../lib/json";

/** What became of someone's change in the state that came after it. */
type Outcome = {
  /** Places of it that are again as they were before. */
  undone: number;
  /** Places of it that still stand, or have gone on to something else. */
  standing: number;
  /** Places that are none of it and have changed. */
  others: number;
};

const MAX_DEPTH = 20;

/**
 * Top-level keys whose change was lost: `theirs` brings something new, and has it all as it was `before` where `ours`
 * had changed it. A writer who does that started from a state without it. To undo it and nothing else is a choice, and
 * to set something else may be an answer.
 */
export function lostKeys(before: SessionData, ours: SessionData, theirs: SessionData): string[] {
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs), ...Object.keys(before)])];
  const outcomes = keys.map((key) => {
    const outcome: Outcome = { undone: 0, standing: 0, others: 0 };
    compare(own(before, key), own(ours, key), own(theirs, key), outcome, 0);
    return { key, outcome };
  });
  const sum = (field: keyof Outcome) =>
    outcomes.reduce((all, { outcome }) => all + outcome[field], 0);
  const isAllLost = isLost({
    undone: sum("undone"),
    standing: sum("standing"),
    others: sum("others"),
  });
  return outcomes
    .filter(({ outcome }) => isLost(outcome) || (isAllLost && outcome.undone > 0))
    .map(({ key }) => key);
}

const isLost = ({ undone, standing, others }: Outcome): boolean =>
  undone > 0 && standing === 0 && others > 0;

function compare(
  before: unknown,
  ours: unknown,
  theirs: unknown,
  to: Outcome,
  depth: number,
): void {
  if (sameJson(before, ours)) {
    if (!sameJson(ours, theirs)) to.others++;
  } else if (sameJson(theirs, before)) to.undone++;
  else if (Array.isArray(ours) && Array.isArray(theirs)) compareLists(before, ours, theirs, to);
  else if (isFields(ours) && isFields(theirs) && depth < MAX_DEPTH) {
    const was = isFields(before) ? before : {};
    const keys = new Set([...Object.keys(was), ...Object.keys(ours), ...Object.keys(theirs)]);
    for (const key of keys) compare(own(was, key), own(ours, key), own(theirs, key), to, depth + 1);
  } else to.standing++;
}

/** Of a list it counts what was put in: a list that lacks it all, and has something else new, was made without it. */
function compareLists(
  before: unknown,
  ours: readonly unknown[],
  theirs: readonly unknown[],
  to: Outcome,
): void {
  const was: readonly unknown[] = Array.isArray(before) ? before : [];
  // By their text: lists may be long.
  const [old, set, found] = [was, ours, theirs].map(
    (list) => new Set(list.map((item) => JSON.stringify(item))),
  ) as [Set<string>, Set<string>, Set<string>];
  const added = [...set].filter((item) => !old.has(item));
  const isGone = added.length > 0 && !added.some((item) => found.has(item));
  if (!isGone || ![...old].every((item) => found.has(item))) to.standing++;
  else {
    to.undone++;
    if ([...found].some((item) => !old.has(item))) to.others++;
  }
}

const own = (data: SessionData, key: string): unknown =>
  Object.hasOwn(data, key) ? data[key] : undefined;

const isFields = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One undoing may be a change of mind; from here on, both sides have done it. Our own choice. */
const MIN_UNDONE = 3;
const MAX_KEYS = 500;

/** Changes by turns, each of which undid the previous one. */
type Chain = { readonly change: Change; readonly isOwn: boolean; readonly seqs: readonly number[] };

type FlipWatch = {
  /** Looks at the next change of the room. Returns how often the same has newly gone back and forth, once it does. */
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
function createFlipWatch(answerMs: number): FlipWatch {
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

/** Two writers who got in each other's way. Daily names no author, so the other is always just "someone else". */
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

type ConflictWatch = {
  readonly conflicts: Map<string, Conflict>;
  own(change: OwnChange): void;
  /** Returns the keys of this page's latest writes that someone else changed right after they were synced. */
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
      // What this page has replaced itself, no one else can take from it.
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
