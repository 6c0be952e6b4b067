import type { Conflict } from "../../daily/conflicts";
import type { RuleRun, Sighting, Trackers } from "../rule";

/** Tells of conflicts of some kinds as their count goes up. The tracker of session data is who finds them. */
export function conflictRun(
  report: (sighting: Sighting) => void,
  { session }: Trackers,
  kinds: readonly Conflict["kind"][],
): RuleRun {
  /** By identity: a conflict is another object each time it happens again. */
  const told = new WeakSet<Conflict>();
  const timesOf = new Map<string, number>();
  return {
    look() {
      for (const [id, conflict] of session.conflicts) {
        const { kind, keys, evidence, at, times } = conflict;
        if (!kinds.includes(kind) || told.has(conflict)) continue;
        told.add(conflict);
        const before = timesOf.get(id) ?? 0;
        if (timesOf.size < 500) timesOf.set(id, times);
        const key = keys.slice(0, 5).join(", ");
        report({
          key,
          seqs: evidence,
          at,
          paths: keys.slice(0, 10),
          times: times > before ? times - before : 1,
        });
      }
    },
  };
}
