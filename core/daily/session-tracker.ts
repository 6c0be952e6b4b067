import {
  applyUpdate,
  changedKeys,
  enqueue,
  hasSame,
  isEmptyMerge,
  type SessionData,
  type SessionUpdate,
} from "./merge";
import { sameJson } from "../lib/json";
import type { Payload } from "../../extension/protocol/payload";
import { type Change, type Conflict, createConflictWatch } from "./conflicts";
import { forgetOlder } from "./people-tracker";
import {
  lostKeysOf,
  readSessionData,
  type SessionVersion,
  type SessionWrite,
  type SyncWindow,
} from "./session-write";

/** A write that waits, as much of it as an explanation needs. */
type Waiting = { readonly at: number; readonly update: SessionUpdate };

/** The run of waiting writes that a new state came from. Those before `start` must have gone out earlier. */
type Explanation = {
  readonly start: number;
  readonly count: number;
  readonly effective: SessionUpdate;
};

/**
 * Finds the writes that, put together by the rules of Daily's queue, make a new state: first the longest run from the
 * oldest, then runs that begin a window or more later (what came before was lost to someone else's write in the same
 * sync). `windowMs`: length of a window; `maxMs`: writes further apart never go out together.
 */
function explainState(
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

/** Whether a merge arrived together with a change of someone else's, in one state. */
const isWithin: Explains = (update, before, after) =>
  update.strategy === "shallow-merge" &&
  sameJson(applyUpdate(after, update), after) &&
  !sameJson(applyUpdate(before, update), before);

/** Daily documents about one sync a second (docs.daily.co, set-meeting-session-data); not measured. */
export const SYNC_WINDOW_MS = 1_000;

/** So long after a write the panel calls it unconfirmed: five windows, our own choice. */
export const UNCONFIRMED_AFTER_MS = 5_000;

export type SessionTracker = {
  readonly versions: SessionVersion[];
  readonly writes: Map<number, SessionWrite>;
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** Writes whose sync has not been seen, oldest first. */
  readonly waiting: SessionWrite[];
  /** The page wrote. `strategy` and `keysToDelete` as captured; `refusal` is Daily's error, if it threw. */
  wrote(
    seq: number,
    at: number,
    payload: Payload,
    strategy: string,
    keysToDelete: readonly string[],
    refusal: string | undefined,
  ): void;
  /** A session state arrived. */
  updated(seq: number, at: number, payload: Payload): void;
  /** Daily could not store what was sent last. */
  failed(seq: number, at: number, message: string): void;
  /** How many values, key by key, of the writes that are still known were replaced before the sync and so never sent. */
  lostValues(): number;
  /** A write, also one that only `writeOf` still knows. */
  writeOf(seq: number): SessionWrite | undefined;
  /** Discards what only events before this one needed, but for some writes: `writeOf` still knows those. */
  forgetBefore(seq: number, kept?: ReadonlySet<number>): void;
  /** The page left: what waits is never sent. */
  left(): void;
};

/** Follows the session data of one call: versions, writes and their windows. Fed in the order of the log. */
export function createSessionTracker(): SessionTracker {
  const versions: SessionVersion[] = [];
  const writes = new Map<number, SessionWrite>();
  /** Writes that are asked about although their events are gone. */
  const outlived = new Map<number, SessionWrite>();
  const writeOf = (seq: number) => writes.get(seq) ?? outlived.get(seq);
  const waiting: SessionWrite[] = [];
  const watch = createConflictWatch(SYNC_WINDOW_MS);
  let lostValues = 0;
  /** Which own write gave a key the value that the room has. */
  const holders = new Map<string, SessionWrite>();
  /** The next state is the first of a meeting, and no one's change. */
  let isFirst = true;

  const wrote: SessionTracker["wrote"] = (seq, at, payload, strategy, keysToDelete, refusal) => {
    const isMerge = strategy === "shallow-merge";
    const update: SessionUpdate = {
      strategy: isMerge ? "shallow-merge" : "replace",
      data: readSessionData(payload),
      // Under a replace, `undefined` just disappears.
      keysToDelete: isMerge ? keysToDelete : [],
    };
    const write: SessionWrite = {
      seq,
      at,
      update,
      payload,
      base: versions.at(-1),
      before: waiting.at(-1)?.waiting,
      waiting: undefined,
      window: undefined,
      fate: { kind: "nothing" },
      held: new Set(),
      replacements: [],
    };
    writes.set(seq, write);
    if (refusal !== undefined) {
      write.fate = { kind: "refused", message: refusal };
    } else if (!isEmptyMerge(update)) {
      const first = waiting.find((each) => at < each.at + SYNC_WINDOW_MS) ?? write;
      write.fate = { kind: "queued", expectedAt: first.at + SYNC_WINDOW_MS };
      waiting.push(write);
      write.waiting = enqueue(write.before, update);
    }
  };

  function updated(seq: number, at: number, payload: Payload): void {
    const before = dataOf(versions.at(-1));
    const after = readSessionData(payload);
    const changed = changedKeys(before, after);
    const explained = explain(at, before, after, changed);
    const author = explained ? "page" : isFirst ? "found" : "other";
    versions.push({ seq, at, payload, author, changed });
    isFirst = false;
    const change = { seq, at, before, after, changed };
    if (explained) {
      for (const write of waiting.splice(0, explained.start)) write.fate = { kind: "unconfirmed" };
      confirm(waiting.splice(0, explained.count), explained.effective, change);
    } else if (changed.length > 0 && author === "other") {
      overwrite(change);
      hold([], change);
    }
    requeue(waiting);
  }

  /** Notes which write of a batch each changed key now has its value from, and whose value that replaced. */
  function hold(batch: readonly SessionWrite[], { seq, at, changed }: Change): void {
    const replaced = new Map<SessionWrite, Map<SessionWrite | undefined, string[]>>();
    for (const key of changed) {
      const before = holders.get(key);
      const now = batch.findLast(({ update }) => touches(update, key));
      if (before) {
        before.held.delete(key);
        const byWrite = getOr(
          replaced,
          before,
          () => new Map<SessionWrite | undefined, string[]>(),
        );
        getOr(byWrite, now, (): string[] => []).push(key);
      }
      if (now) {
        now.held.add(key);
        holders.set(key, now);
      } else holders.delete(key);
    }
    for (const [before, byWrite] of replaced)
      for (const [now, keys] of byWrite)
        before.replacements.push({ by: now?.seq ?? seq, at, keys, isOwn: now !== undefined });
  }

  function explain(
    at: number,
    before: SessionData,
    after: SessionData,
    changed: readonly string[],
  ) {
    const [first] = waiting;
    // A state without a change may be about the topology: it says nothing of a write that has hardly been queued.
    if (!first || (changed.length === 0 && at - first.at < SYNC_WINDOW_MS / 2)) return undefined;
    return explainState(waiting, before, after, {
      windowMs: SYNC_WINDOW_MS,
      maxMs: UNCONFIRMED_AFTER_MS,
    });
  }

  function confirm(batch: readonly SessionWrite[], effective: SessionUpdate, change: Change): void {
    const last = batch.at(-1) as SessionWrite;
    const { seq, at } = change;
    const window: SyncWindow = {
      writes: batch,
      effective,
      confirmedAt: at,
      confirmedBy: seq,
      shownBefore: versions.at(-2),
    };
    for (const write of batch) {
      write.window = window;
      const afterMs = at - write.at;
      const lostKeys = keysLost(write.update, effective);
      write.fate =
        write === last
          ? { kind: "synced", by: seq, afterMs }
          : { kind: "coalesced", into: last.seq, by: seq, afterMs, lostKeys };
    }
    // A write cleared in the meantime isn't counted: nothing would remove it again.
    for (const write of batch) if (writes.has(write.seq)) lostValues += lostKeysOf(write).length;
    hold(batch, change);
    watch.own({
      ...change,
      writeSeq: last.seq,
      seenSeq: (key) => {
        const write = batch.findLast(({ update }) => touches(update, key));
        return write && (write.base?.seq ?? 0);
      },
      update: effective,
    });
  }

  function overwrite(change: Change): void {
    for (const { writeSeq, keys } of watch.foreign(change)) {
      const write = writeOf(writeSeq);
      if (write)
        write.fate = { kind: "overwritten", by: change.seq, afterMs: change.at - write.at, keys };
    }
  }

  function failed(seq: number, at: number, message: string): void {
    const old = waiting.filter((write) => at - write.at > UNCONFIRMED_AFTER_MS);
    for (const write of waiting.splice(0, old.length)) write.fate = { kind: "unconfirmed" };
    const [first] = waiting;
    const sent = waiting.filter((write) => first && write.at <= first.at + SYNC_WINDOW_MS);
    for (const write of waiting.splice(0, sent.length))
      write.fate = { kind: "failed", by: seq, message };
    requeue(waiting);
  }

  return {
    versions,
    writes,
    writeOf,
    waiting,
    conflicts: watch.conflicts,
    lostValues: () => lostValues,
    wrote,
    updated,
    failed,
    left() {
      for (const write of waiting.splice(0)) write.fate = { kind: "lost" };
      for (const [key, write] of holders) write.held.delete(key);
      holders.clear();
      watch.reset();
      isFirst = true;
    },
    forgetBefore(seq, kept) {
      forgetOlder(versions, seq);
      watch.forgetBefore(seq);
      for (const [each, write] of writes) {
        if (each >= seq) break;
        lostValues -= lostKeysOf(write).length;
        writes.delete(each);
        if (kept?.has(each)) outlived.set(each, write);
      }
      for (const each of outlived.keys()) if (!kept?.has(each)) outlived.delete(each);
      for (const [key, write] of holders) if (!writeOf(write.seq)) holders.delete(key);
    },
  };
}

/** After some writes went out, what waits is only what came after them. */
function requeue(waiting: readonly SessionWrite[]): void {
  let queued: SessionUpdate | undefined;
  for (const write of waiting) write.waiting = queued = enqueue(queued, write.update);
}

/** Whether an update says what becomes of a key. */
export const touches = ({ strategy, data, keysToDelete }: SessionUpdate, key: string): boolean =>
  strategy === "replace" || Object.hasOwn(data, key) || keysToDelete.includes(key);

/** The value of a key, made where there is none. */
function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** Keys of a write that left nothing in what the window became. */
function keysLost({ data, keysToDelete }: SessionUpdate, effective: SessionUpdate): string[] {
  const set = Object.keys(data).filter((key) => !hasSame(key, data, effective.data));
  return [...set, ...keysToDelete.filter((key) => Object.hasOwn(effective.data, key))];
}

/** The data of a version; before the first one the room is empty. */
export function dataOf(version: SessionVersion | undefined): SessionData {
  return readSessionData(version?.payload);
}
