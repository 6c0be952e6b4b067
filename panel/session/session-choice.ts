import { batch, computed, type Signal, signal } from "@preact/signals";

import { type Filter, NO_FILTER } from "../../core/filter/filter";
import type { Selection } from "./selection";
import type { Session } from "./session";
import type { Entry } from "../../core/session/session-log";

/** Which session is shown: the page's, or a recording in its place while the page's goes on unseen. */
export function createSessionChoice(
  live: Session,
  { filter, selection }: { readonly filter: Signal<Filter>; readonly selection: Selection },
) {
  const session = signal<Session>(live);
  const isLive = computed(() => session.value === live);
  /** How many events the page's session had when a recording took its place. */
  const seenLive = signal(0);
  /** What was looked at then. */
  let left:
    | { readonly entry: Entry | undefined; readonly isOpen: boolean; readonly filter: Filter }
    | undefined;

  function backToLive(): void {
    const before = session.value;
    if (before === live) return;
    batch(() => {
      session.value = live;
      // As it was: a filter of the recording, and a span of its time, say nothing about the page.
      filter.value = left?.filter ?? NO_FILTER;
    });
    before.dispose();
    if (!left?.entry || !live.has(left.entry)) return;
    selection.choose(left.entry);
    selection.setOpen(left.isOpen);
  }

  return {
    session,
    isLive,
    /** How many events have come from the page since a recording is shown. */
    liveMeanwhile: computed(() => (live.counts.value, live.log.nextIndex - seenLive.value)),

    showRecorded(recorded: Session): void {
      batch(() => {
        if (isLive.value) {
          seenLive.value = live.log.nextIndex;
          left = {
            entry: selection.selected.peek(),
            isOpen: selection.isOpen.peek(),
            filter: filter.peek(),
          };
        } else session.value.dispose();
        // All of it: what was filtered away on the page would be missed here without a word.
        filter.value = NO_FILTER;
        session.value = recorded;
      });
    },

    backToLive,
  };
}
