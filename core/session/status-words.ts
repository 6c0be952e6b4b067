/** A status as it is written in a filter: `no recipient` → `no-recipient`. */
export function statusWord(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Every status that a row can have, and the four levels that they fall into. */
export const STATUS_WORDS: readonly string[] = [
  "ok",
  "waiting",
  "warning",
  "error",
  "sent",
  "no-recipient",
  "some-recipients-missing",
  "to-itself",
  "refused",
  "received",
  "simulated",
  "no-listener",
  "listener-threw",
  "queued",
  "synced",
  "merged",
  "replaced",
  "unconfirmed",
  "failed",
  "lost",
  "unchanged",
  "pending",
  "stored",
  "set",
  "replaced-early",
  "echo",
  "nonfatal",
  "fatal",
  "capture-problem",
];
