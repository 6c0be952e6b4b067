import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import {
  createMatcher,
  type Filter,
  isRoomWide,
  isWithin,
  NO_FILTER,
} from "../../core/filter/filter";
import { shortText } from "../../core/lib/texts";
import type { CallState } from "../../core/session/call-state";
import { channelOf } from "../../core/session/event-view";
import type { Entry } from "../../core/session/session-log";

type CallOf = (callId: string) => CallState | undefined;

/** Takes out of a filter only what hides an entry, and says why. */
function revealing(
  filter: Filter,
  entry: Entry,
  callOf: CallOf,
  now: () => number,
): { readonly filter: Filter; readonly reasons: readonly string[] } {
  const { channels, callId, text, span } = filter;
  const channel = channelOf(entry);
  const isOfSeat = callOf(entry.event.callId)?.isOfSeat === true;
  const hides = {
    channel: channel !== undefined && !channels.has(channel),
    call: callId !== undefined && entry.event.callId !== callId,
    span: !isWithin(entry.event.at, span),
    text: !createMatcher({ ...NO_FILTER, text }, { callOf, now })(entry),
    seat: isOfSeat && !isRoomWide(filter, callOf),
  };
  return {
    filter: {
      channels: hides.channel && channel ? new Set([...channels, channel]) : channels,
      callId: hides.call ? undefined : callId,
      span: hides.span ? undefined : span,
      text: hides.text ? "" : text,
      isRoomWide: filter.isRoomWide || hides.seat,
    },
    reasons: [
      hides.seat && "it is from another tab or recording",
      hides.channel && "its channel was off",
      hides.call && "another call was chosen",
      hides.span && "it is not in the time span",
      hides.text && `it does not match “${shortText(text.trim())}”`,
    ].filter((each) => each !== false),
  };
}

/** Shows entries that the filter hides, tells what was taken out of it for that, and puts it back. */
export function createReveal(filter: Signal<Filter>, callOf: CallOf, now: () => number) {
  const last = signal<{ before: Filter; after: Filter; text: string } | undefined>(undefined);
  const note: ReadonlySignal<string | undefined> = computed(() =>
    // A changed filter means that the user has moved on.
    last.value?.after === filter.value ? last.value.text : undefined,
  );
  return {
    note,
    reveal(entry: Entry): void {
      const before = filter.peek();
      const { filter: after, reasons } = revealing(before, entry, callOf, now);
      if (reasons.length === 0) return;
      const text = `The filter hid this event, so part of it was taken off: ${reasons.join(", ")}.`;
      last.value = { before, after, text };
      filter.value = after;
    },
    /** Leaves the filter as it is, without a word. */
    dismiss: () => void (last.value = undefined),
    undo(): void {
      if (last.value) filter.value = last.value.before;
    },
  };
}
