import { describeError } from "./describe-error";
import type { Outbox } from "./outbox";

/** One fault in a place that runs for every event must not fill the log with itself. */
const MAX_REPORTS = 20;

/** Puts what goes wrong in our own capture into the log, a bounded number of times. Never throws. */
export function createProblemReporter(
  outbox: Outbox,
): (where: string, error: unknown, callId: string) => void {
  let reports = 0;
  return (where, error, callId) => {
    if (++reports > MAX_REPORTS) return;
    try {
      const { name, message } = describeError(error);
      outbox.push({ kind: "capture-problem", callId, where, message: `${name}: ${message}` });
    } catch {
      // It runs where the page would get what is thrown here.
    }
  };
}
