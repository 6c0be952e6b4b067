import type { DailyCall } from "@daily-co/daily-js";

import { isJoined } from "./join";
import type { Show } from "./protocol";

/** Daily syncs session data about once a second and batches what comes faster. */
const SHORTEST_GAP_MS = 1200;

export type SessionWriter = {
  /** Merges these keys into the session data, now or as soon as it is polite. */
  readonly write: (change: Partial<Show>) => void;
};

/** Writes session data seldom enough that every update reaches the room as it was written. */
export function createSessionWriter(call: DailyCall): SessionWriter {
  let pending: Partial<Show> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;

  function flush(): void {
    timer = undefined;
    const change = pending;
    pending = {};
    if (!isJoined(call)) return;
    lastAt = performance.now();
    call.setMeetingSessionData(change, "shallow-merge");
  }

  return {
    write(change) {
      pending = { ...pending, ...change };
      timer ??= setTimeout(flush, Math.max(0, lastAt + SHORTEST_GAP_MS - performance.now()));
    },
  };
}
