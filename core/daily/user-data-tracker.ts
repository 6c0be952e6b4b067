import type { ErrorInfo } from "../../extension/protocol/event";
import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { placeTooDeep, sameJson } from "../lib/json";

/**
 * The embedder's part of user data that came through Daily Prebuilt, which nests it: `{c: {…}}`, beside keys of its own
 * (github.com/daily-co/daily-js/issues/223). Undefined for anything that does not look so.
 */
export function unwrapPrebuilt(userData: unknown): object | undefined {
  if (typeof userData !== "object" || userData === null || !("c" in userData)) return undefined;
  return typeof userData.c === "object" && userData.c !== null ? userData.c : undefined;
}

/**
 * A value replaced within this time probably never reaches the others. Daily documents a rate limit without a number
 * (docs.daily.co, set-user-data), so this is an assumption and not a measurement.
 */
const SPREAD_MS = 1_000;

/** What became of a `setUserData()`. */
type UserDataFate =
  | { readonly kind: "refused"; readonly error: ErrorInfo | undefined }
  | { readonly kind: "pending" }
  /** Not in a call: kept for the next join. `by` is the join that took it along; a later value may have replaced it. */
  | { readonly kind: "stored"; readonly by?: number; readonly isReplaced?: true }
  | { readonly kind: "set" }
  /** Equal to the value before, so Daily tells no one. */
  | { readonly kind: "silent" };

export type UserDataWrite = {
  readonly seq: number;
  readonly at: number;
  readonly payload: Payload;
  /** The value before it, as the page had asked for it. */
  readonly before: Payload | undefined;
  readonly isEqual: boolean;
  fate: UserDataFate;
  /** When the promise settled, in epoch ms. */
  settledAt?: number;
  /** How long it held before the next value was set, where that was too short for others to see it. */
  replacedAfterMs?: number;
};

type Settled =
  | { readonly outcome: "resolved"; readonly valueType?: string | undefined }
  | { readonly outcome: "rejected"; readonly error?: ErrorInfo | undefined };

export type UserDataTracker = {
  readonly writes: Map<number, UserDataWrite>;
  wrote(seq: number, at: number, payload: Payload, current: Payload | undefined): UserDataWrite;
  settled(calledSeq: number, at: number, how: Settled): void;
  /** The page joined, with this user data. */
  joined(seq: number, payload: Payload | undefined): void;
};

/** Follows what one page set as its own user data. Fed in the order of the log. */
export function createUserDataTracker(): UserDataTracker {
  const writes = new Map<number, UserDataWrite>();
  /** What was asked for since the last join and not refused so far, oldest first; the next one is compared with it. */
  let asked: UserDataWrite[] = [];

  function resolved(write: UserDataWrite, valueType: string | undefined): void {
    const previous = asked[asked.indexOf(write) - 1];
    if (valueType === "undefined") {
      write.fate = { kind: "stored" };
      if (previous?.fate.kind === "stored") previous.fate = { kind: "stored", isReplaced: true };
      return;
    }
    write.fate = { kind: write.isEqual ? "silent" : "set" };
    const heldMs = previous && write.at - previous.at;
    if (
      previous?.fate.kind === "set" &&
      !write.isEqual &&
      heldMs !== undefined &&
      heldMs < SPREAD_MS
    ) {
      previous.replacedAfterMs = heldMs;
    }
  }

  return {
    writes,
    wrote(seq, at, payload, current) {
      const last = asked.at(-1);
      const before = last ? last.payload : current;
      const write: UserDataWrite = {
        seq,
        at,
        payload,
        before,
        isEqual: isEqual(before, payload),
        fate: { kind: "pending" },
      };
      writes.set(seq, write);
      asked = [...asked.slice(-20), write];
      return write;
    },
    settled(calledSeq, at, how) {
      const write = writes.get(calledSeq);
      // A promise settles once. A page that says so twice is not to be believed the second time.
      if (!write || write.settledAt !== undefined) return;
      write.settledAt = at;
      if (how.outcome === "resolved") return resolved(write, how.valueType);
      write.fate = { kind: "refused", error: how.error };
      asked = asked.filter((each) => each !== write);
    },
    joined(seq, payload) {
      for (const write of asked) {
        if (write.fate.kind !== "stored" || write.fate.isReplaced) continue;
        const isTaken = isEqual(payload, write.payload);
        write.fate = isTaken ? { kind: "stored", by: seq } : { kind: "stored", isReplaced: true };
      }
      asked = [];
    },
  };
}

/** As Daily compares: by value, whatever the order of keys. */
function isEqual(before: Payload | undefined, after: Payload): boolean {
  if (!before || before.problem || after.problem) return false;
  if (before.json === after.json) return true;
  if ([before, after].some(({ json }) => placeTooDeep(json) !== undefined)) return false;
  const [a, b] = [parsePayload(before), parsePayload(after)];
  return a.ok && b.ok && sameJson(a.value, b.value);
}
