import { dequal } from "dequal/lite";

import type { Payload } from "../../extension/protocol/payload";
import { type Change, type Conflict, createConflictWatch } from "./conflicts";
import { changedKeys, enqueue, isEmptyMerge, type SessionData, type SessionUpdate } from "./merge";
import { longestMatch } from "./explain-state";
import { readSessionData } from "./read-session-data";

/** Daily documents about one sync a second (docs.daily.co, set-meeting-session-data); not measured. */
export const SYNC_WINDOW_MS = 1_000;

/** So long after a write the panel calls it unconfirmed: five windows, our own choice. */
export const UNCONFIRMED_AFTER_MS = 5_000;

/** One moment of the room's data, made by a session state event. */
export type SessionVersion = {
  readonly seq: number;
  readonly at: number;
  readonly payload: Payload;
  /** Whose writes made it, as far as this page's own explain it; `found` is the first that was seen. */
  readonly author: "page" | "other" | "found";
  /** Top-level keys that differ from the version before. */
  readonly changed: readonly string[];
};

/** What became of a write, as far as the log tells. */
export type SessionFate =
  | { readonly kind: "refused"; readonly message: string }
  /** An empty shallow merge: Daily does not queue it. */
  | { readonly kind: "nothing" }
  | { readonly kind: "queued"; readonly expectedAt: number }
  | { readonly kind: "synced"; readonly by: number; readonly afterMs: number }
  /** Went out as part of a later write of the same window; `lostKeys` of it never arrived anywhere. */
  | {
      readonly kind: "coalesced";
      readonly into: number;
      readonly by: number;
      readonly afterMs: number;
      readonly lostKeys: readonly string[];
    }
  | {
      readonly kind: "overwritten";
      readonly by: number;
      readonly afterMs: number;
      readonly keys: readonly string[];
    }
  | { readonly kind: "failed"; readonly by: number; readonly message: string }
  /** The page left the meeting before the next sync. */
  | { readonly kind: "lost" };

export type SessionWrite = {
  readonly seq: number;
  readonly at: number;
  readonly update: SessionUpdate;
  readonly payload: Payload;
  /** The state that the page saw when it wrote. */
  readonly base: SessionVersion | undefined;
  /** What waited before this write came, as the queue stood then. */
  readonly before: SessionUpdate | undefined;
  /** What waits for the sync with this write in it; less once earlier writes went out. */
  waiting: SessionUpdate | undefined;
  /** The writes that went out, or are expected to go out, together with it. */
  window: SyncWindow | undefined;
  fate: SessionFate;
};

/** The writes of one sync. */
type SyncWindow = {
  readonly writes: readonly SessionWrite[];
  /** What they become together. */
  readonly effective: SessionUpdate | undefined;
  readonly confirmedAt: number | undefined;
};

export type SessionTracker = {
  readonly versions: SessionVersion[];
  readonly writes: Map<number, SessionWrite>;
  readonly conflicts: readonly Conflict[];
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
  /** How many writes went out merged with a later one, so that nobody saw the state that they made. */
  unseen(): number;
  /** The page left: what waits is never sent. */
  left(): void;
};

/** Follows the session data of one call: versions, writes and their windows. Fed in the order of the log. */
export function createSessionTracker(): SessionTracker {
  const versions: SessionVersion[] = [];
  const writes = new Map<number, SessionWrite>();
  const waiting: SessionWrite[] = [];
  let unseen = 0;
  const watch = createConflictWatch(2 * SYNC_WINDOW_MS);

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
    const synced = longestMatch(waiting, before, after);
    const changed = changedKeys(before, after);
    const author = synced > 0 ? "page" : versions.length === 0 ? "found" : "other";
    const version: SessionVersion = { seq, at, payload, author, changed };
    versions.push(version);
    const change = { seq, at, before, after, changed };
    if (synced > 0) confirm(waiting.splice(0, synced), change);
    else if (changed.length > 0 && author === "other") overwrite(change);
    requeue(waiting);
  }

  function confirm(batch: readonly SessionWrite[], change: Change): void {
    const last = batch.at(-1) as SessionWrite;
    const update = last.waiting as SessionUpdate;
    const { seq, at } = change;
    const window: SyncWindow = { writes: batch, effective: update, confirmedAt: at };
    unseen += batch.length - 1;
    for (const write of batch) {
      write.window = window;
      const afterMs = at - write.at;
      const lostKeys = keysLost(write.update, update);
      write.fate =
        write === last
          ? { kind: "synced", by: seq, afterMs }
          : { kind: "coalesced", into: last.seq, by: seq, afterMs, lostKeys };
    }
    watch.own({ ...change, writeSeq: last.seq, seenSeq: batch[0]?.base?.seq ?? 0, update });
  }

  function overwrite(change: Change): void {
    for (const { writeSeq, keys } of watch.foreign(change)) {
      const write = writes.get(writeSeq);
      if (write)
        write.fate = { kind: "overwritten", by: change.seq, afterMs: change.at - write.at, keys };
    }
  }

  return {
    versions,
    writes,
    waiting,
    conflicts: watch.conflicts,
    unseen: () => unseen,
    wrote,
    updated,
    failed(seq, at, message) {
      const [first] = waiting;
      if (!first) return;
      const sent = waiting.findIndex((write) => write.at > Math.min(at, first.at + SYNC_WINDOW_MS));
      for (const write of waiting.splice(0, sent < 0 ? waiting.length : sent)) {
        write.fate = { kind: "failed", by: seq, message };
      }
      requeue(waiting);
    },
    left() {
      for (const write of waiting.splice(0)) write.fate = { kind: "lost" };
    },
  };
}

/** After some writes went out, what waits is only what came after them. */
function requeue(waiting: readonly SessionWrite[]): void {
  let queued: SessionUpdate | undefined;
  for (const write of waiting) write.waiting = queued = enqueue(queued, write.update);
}

/** Keys of a write of which nothing is left in what the whole window became. */
function keysLost({ data, keysToDelete }: SessionUpdate, effective: SessionUpdate): string[] {
  const set = Object.keys(data).filter(
    (key) => !(key in effective.data && dequal(effective.data[key], data[key])),
  );
  return [...set, ...keysToDelete.filter((key) => key in effective.data)];
}

/** The data of a version; before the first one the room is empty. */
export function dataOf(version: SessionVersion | undefined): SessionData {
  return readSessionData(version?.payload);
}
