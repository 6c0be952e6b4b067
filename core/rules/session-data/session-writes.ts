import type { SessionWrite } from "../../daily/session-write";
import type { RuleRun, Trackers } from "../rule";

/** Hands over each write of session data once it is known what became of it. */
export function sessionWrites(
  { session }: Trackers,
  decided: (write: SessionWrite) => void,
): RuleRun {
  return {
    decided({ seq }) {
      const write = session.writes.get(seq);
      if (write && write.fate.kind !== "refused" && write.fate.kind !== "nothing") decided(write);
    },
  };
}
