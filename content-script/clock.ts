import { dateNow, performanceNow } from "./primordials";

const { timeOrigin } = performance;

/** More than this behind, the clock stood still: it does so while a laptop sleeps. Milliseconds. */
const DRIFT_MS = 1_000;

/**
 * A clock in epoch milliseconds with fraction, which goes on evenly when the system's is set back, and catches up after
 * it stood still. The parameters are for tests.
 */
export function createClock(
  wall: () => number = dateNow,
  elapsed: () => number = performanceNow,
  origin = timeOrigin,
): () => number {
  return () => {
    const time = origin + elapsed();
    const behind = wall() - time;
    if (behind <= DRIFT_MS) return time;
    origin += behind;
    return time + behind;
  };
}
