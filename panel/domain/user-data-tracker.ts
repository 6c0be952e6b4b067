import type { ErrorInfo } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";

/**
 * Others probably never see a value that is replaced so soon. Daily documents a rate limit without a number
 * (docs.daily.co, set-user-data), so this is an assumption and not a measurement.
 */
const SPREAD_MS = 1_000;

/** What became of a `setUserData()`. */
type UserDataFate =
  | { readonly kind: "refused"; readonly error: ErrorInfo | undefined }
  | { readonly kind: "pending" }
  /** Not in a call: kept for the next join. `by` is the join that took it along. */
  | { readonly kind: "stored"; readonly by?: number }
  | { readonly kind: "set" }
  /** Equal to the value before, so Daily tells nobody. */
  | { readonly kind: "silent" };

export type UserDataWrite = {
  readonly seq: number;
  readonly at: number;
  readonly payload: Payload;
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
  /** The last write that was not refused: what the next one is compared with. */
  let latest: UserDataWrite | undefined;

  return {
    writes,
    wrote(seq, at, payload, current) {
      const before = latest ? latest.payload : current;
      const write: UserDataWrite = {
        seq,
        at,
        payload,
        isEqual: before?.json === payload.json && payload.problem === undefined,
        fate: { kind: "pending" },
      };
      writes.set(seq, write);
      return write;
    },
    settled(calledSeq, at, how) {
      const write = writes.get(calledSeq);
      if (!write) return;
      write.settledAt = at;
      if (how.outcome === "rejected") {
        write.fate = { kind: "refused", error: how.error };
        return;
      }
      if (how.valueType === "undefined") write.fate = { kind: "stored" };
      else write.fate = { kind: write.isEqual ? "silent" : "set" };
      const heldMs = latest && write.at - latest.at;
      if (
        latest &&
        latest.fate.kind === "set" &&
        write.fate.kind === "set" &&
        heldMs !== undefined &&
        heldMs < SPREAD_MS
      ) {
        latest.replacedAfterMs = heldMs;
      }
      latest = write;
    },
    joined(seq, payload) {
      if (latest?.fate.kind === "stored" && latest.payload.json === payload?.json) {
        latest.fate = { kind: "stored", by: seq };
      }
    },
  };
}
