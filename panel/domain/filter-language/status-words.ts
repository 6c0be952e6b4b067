/** A status as it is written in a filter: `to nobody?` → `to-nobody`. */
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
  "to-nobody",
  "sent-partly",
  "to-itself",
  "refused",
  "received",
  "simulated",
  "no-listener",
  "listener-threw",
  "queued",
  "synced",
  "coalesced",
  "overwritten",
  "unconfirmed",
  "failed",
  "lost",
  "nothing-to-do",
  "pending",
  "stored",
  "set",
  "set-equal",
  "set-unseen",
  "echo",
  "nonfatal",
  "fatal",
  "not-possible",
  "capture-problem",
];
