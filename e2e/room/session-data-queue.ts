/** The client's side of meeting session data: updates made within one window leave as one payload. */

export type MergeStrategy = "replace" | "shallow-merge";

export type SessionDataUpdate = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly mergeStrategy: MergeStrategy;
};

export type SessionDataPayload = SessionDataUpdate & { readonly keysToDelete?: readonly string[] };

export type SessionDataQueue = {
  /** Adds an update. Returns whether there is now something to flush because of it. */
  enqueue(update: SessionDataUpdate): boolean;
  /** Empties the queue into the one payload for the server, or undefined when nothing is pending. */
  flush(): SessionDataPayload | undefined;
};

/**
 * Batches as daily-js does in `SessionDataClientUpdateQueue` (readable in daily-js 0.40.0, shared with the call machine):
 * an empty shallow merge is nothing, the first update sets the strategy, any `replace` discards what was pending and
 * makes the whole batch a `replace`, and a top-level `undefined` in a merge asks for that key to be deleted.
 */
export function createSessionDataQueue(): SessionDataQueue {
  let pending: SessionDataUpdate | undefined;

  return {
    enqueue({ data, mergeStrategy }) {
      if (mergeStrategy === "shallow-merge" && Object.keys(data).length === 0) return false;
      if (!pending || mergeStrategy === "replace") {
        pending = { data, mergeStrategy };
      } else {
        pending = { data: { ...pending.data, ...data }, mergeStrategy: pending.mergeStrategy };
      }
      return true;
    },

    flush() {
      if (!pending) return undefined;
      const { data, mergeStrategy } = pending;
      pending = undefined;
      if (mergeStrategy === "replace") return { data, mergeStrategy };
      const entries = Object.entries(data);
      const keysToDelete = entries.filter(([, value]) => value === undefined).map(([key]) => key);
      const kept = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
      return { data: kept, mergeStrategy, ...(keysToDelete.length > 0 && { keysToDelete }) };
    },
  };
}
