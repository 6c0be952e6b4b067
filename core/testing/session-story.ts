import { toPayload } from "../../extension/protocol/payload";
import { createSessionTracker } from "../daily/session-tracker";

/** For tests: a tracker fed by short sentences; numbers count by themselves. */
export function story() {
  const tracker = createSessionTracker();
  let seq = 0;
  return {
    tracker,
    writes(at: number, data: object, strategy = "shallow-merge", ...keysToDelete: string[]) {
      tracker.wrote(++seq, at, toPayload(data), strategy, keysToDelete, undefined);
      return seq;
    },
    state(at: number, data: object) {
      tracker.updated(++seq, at, toPayload(data));
      return seq;
    },
    fails: (at: number) => tracker.failed(++seq, at, "too large"),
    fate: (write: number) => tracker.writes.get(write)?.fate,
  };
}
