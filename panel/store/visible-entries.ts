import type { CallState } from "./call-state";
import { createMatcher, type Filter } from "./filter";
import type { Entry, SessionLog } from "./session-log";

export type VisibleEntries = {
  /** The entries that pass the filter, in order; the same array until the filter changes or entries go away. */
  update(log: SessionLog, filter: Filter, generation: number): readonly Entry[];
};

/** Keeps the filtered list up to date by looking only at what was appended since the last time. */
export function createVisibleEntries(): VisibleEntries {
  let visible: Entry[] = [];
  let seen = 0;
  let lastFilter: Filter | undefined;
  let lastGeneration = -1;
  let matches: (entry: Entry) => boolean = () => true;
  return {
    update(log, filter, generation) {
      if (filter !== lastFilter || generation !== lastGeneration) {
        visible = [];
        seen = 0;
        lastFilter = filter;
        lastGeneration = generation;
        const callOf = (callId: string): CallState | undefined => log.calls.get(callId);
        matches = createMatcher(filter, callOf);
      }
      for (; seen < log.entries.length; seen++) {
        const entry = log.entries[seen] as Entry;
        if (matches(entry)) visible.push(entry);
      }
      return visible;
    },
  };
}
