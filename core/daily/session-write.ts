import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { placeTooDeep } from "../lib/json";
import type { SessionData, SessionUpdate } from "./merge";
import { countText } from "../lib/texts";

const TOO_DEEP = { ok: false } as const;

const parsed = new WeakMap<Payload, SessionData>();

/** The object that a payload of session data stands for; empty when it has none. Parsed once. */
export function readSessionData(payload: Payload | undefined): SessionData {
  if (!payload) return {};
  const known = parsed.get(payload);
  if (known) return known;
  // Comparing and merging go down by calling themselves; what is too deep for that counts as empty.
  const result = placeTooDeep(payload.json) === undefined ? parsePayload(payload) : TOO_DEEP;
  const data = result.ok && isPlainObject(result.value) ? result.value : {};
  parsed.set(payload, data);
  return data;
}

function isPlainObject(value: unknown): value is SessionData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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
type SessionFate =
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
  | { readonly kind: "lost" }
  /** Later writes are in the room, so it must have gone out; but no state ever showed it. */
  | { readonly kind: "unconfirmed" };

/** Keys of a write whose value a later write replaced before the sync: that value never left. Merging loses nothing. */
export const lostKeysOf = ({ fate }: SessionWrite): readonly string[] =>
  fate.kind === "coalesced" ? fate.lostKeys : [];

/** More keys than this are counted, not named. */
const MAX_NAMED = 3;

/**
 * What the writes of one sync lost, in words: `5 writes synced as one; 4 earlier values of score were never sent`.
 * Empty for a single write.
 */
export function describeSync(writes: readonly SessionWrite[]): string {
  if (writes.length < 2) return "";
  const lost = writes.flatMap(lostKeysOf);
  const together = `${countText(writes.length)} writes synced as one`;
  if (lost.length === 0) return together;
  const keys = [...new Set(lost)];
  const named = keys.slice(0, MAX_NAMED).join(", ");
  const more = keys.length > MAX_NAMED ? ` and ${countText(keys.length - MAX_NAMED)} more` : "";
  const values = lost.length === 1 ? "1 earlier value" : `${countText(lost.length)} earlier values`;
  return `${together}; ${values} of ${named}${more} ${lost.length === 1 ? "was" : "were"} never sent`;
}

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
  /** Keys that still have the value which this write gave them, as far as the states show. */
  readonly held: Set<string>;
  /** Changes of its keys after it was in the room, oldest first. */
  readonly replacements: Replacement[];
};

/** A later change of keys that a write had set. */
export type Replacement = {
  /** Number of the own write, or of the state event that someone else's write made. */
  readonly by: number;
  /** Epoch ms at which the change was in the room. */
  readonly at: number;
  readonly keys: readonly string[];
  readonly isOwn: boolean;
};

/** The writes of one sync. */
export type SyncWindow = {
  readonly writes: readonly SessionWrite[];
  /** What they become together. */
  readonly effective: SessionUpdate | undefined;
  readonly confirmedAt: number | undefined;
  /** The state that showed it. */
  readonly confirmedBy?: number;
  /** The room right before that; undefined while none was known. */
  readonly shownBefore?: SessionVersion | undefined;
};
