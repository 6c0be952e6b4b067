import { dequal } from "dequal/lite";

import { applyUpdate, type SessionData, type SessionUpdate } from "./merge";

/** At most so many prefixes of a long queue are compared with a state: a page that floods must not stall the panel. */
const MAX_COMPARED = 200;

/** How many of the oldest waiting writes, taken together, explain a new state. The longest run that does counts. */
export function longestMatch(
  waiting: readonly { readonly waiting: SessionUpdate | undefined }[],
  before: SessionData,
  after: SessionData,
): number {
  const shortest = Math.max(0, waiting.length - MAX_COMPARED);
  for (const explains of [makes, isWithin]) {
    for (let count = waiting.length; count > shortest; count--) {
      const update = waiting[count - 1]?.waiting;
      if (update && explains(update, before, after)) return count;
    }
  }
  return 0;
}

const makes = (update: SessionUpdate, before: SessionData, after: SessionData): boolean =>
  dequal(applyUpdate(before, update), after);

/** Whether a merge arrived together with a change of somebody else's, in one state. */
function isWithin(update: SessionUpdate, before: SessionData, after: SessionData): boolean {
  if (update.strategy === "replace") return false;
  const isThere = dequal(applyUpdate(after, update), after);
  return isThere && !dequal(applyUpdate(before, update), before);
}
