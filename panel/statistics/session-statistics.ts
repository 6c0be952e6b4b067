import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import { createFollower } from "../../core/lib/slices";
import { viewOf } from "../../core/session/event-view";
import { createOpenWrites } from "../../core/session/open-writes";
import { createStatistics, type Statistics } from "./statistics";
import type { CallState } from "../../core/session/call-state";
import { type Message, messageOf, outcomeOf } from "./messages";
import type { Shown } from "../session/session";
import type { Entry } from "../../core/session/session-log";

/** Grown in place: the object around it is new each time it did. */
export type ShownStatistics = {
  readonly statistics: Statistics;
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
};

export type SessionStatistics = {
  readonly current: ReadonlySignal<ShownStatistics>;
  /** Keeps them up to date until the answered function is called. At other times they cost nothing. */
  follow(): () => void;
};

/** Long enough to be of use, short enough that no one waits for it. */
const SLICE_MS = 8;
/** Numbers that change more often than this can only be seen to flicker. */
const SHOW_EVERY_MS = 200;

/**
 * Statistics of what is shown. Each entry is looked at once; all over again only when another list is shown or the front
 * of it went away. Long work is done in slices, `later` being how the next one is asked for.
 */
export function createSessionStatistics(
  shown: ReadonlySignal<Shown>,
  callOf: (callId: string) => CallState | undefined,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): SessionStatistics {
  let statistics = createStatistics();
  /** Writes of which it may still show what became of them, each with whether that was counted. */
  let open = createOpenWrites<boolean>(callOf, Infinity);
  const current = signal<ShownStatistics>({ statistics, isComplete: false });

  /** Parsing is the costly part, and the filter changes more often than what it is applied to. */
  const messages = new WeakMap<Entry, Message | false>();
  function messageIn(entry: Entry): Message | false {
    let message = messages.get(entry);
    if (message === undefined) {
      message = messageOf(viewOf(entry, callOf(entry.event.callId))) ?? false;
      messages.set(entry, message);
    }
    return message;
  }

  /** Counts what became of a call, once that is known. Returns whether it was counted. */
  function count(entry: Entry): boolean {
    const outcome = outcomeOf(viewOf(entry, callOf(entry.event.callId)));
    if (outcome) statistics.ended(outcome);
    return outcome !== undefined;
  }

  const follower = createFollower<Entry>({
    startOver() {
      statistics = createStatistics();
      open = createOpenWrites(callOf, Infinity);
    },
    take(entry) {
      const message = messageIn(entry);
      if (!message) return;
      statistics.add(message);
      open.follow(entry, count(entry));
    },
  });
  let hasSeenAll = false;

  let followers = 0;
  let isScheduled = false;
  let isShowing = false;
  let isStale = false;

  function advance(): void {
    const latest = shown.peek();
    const end = performance.now() + SLICE_MS;
    hasSeenAll = follower.advance(latest.entries, () => performance.now() > end);
    open.recheck((entry, isCounted) => isCounted || count(entry));
    show(latest.isComplete && hasSeenAll);
    if (hasSeenAll || isScheduled) return;
    isScheduled = true;
    later(() => {
      isScheduled = false;
      if (followers > 0) advance();
    }, 0);
  }

  function show(isComplete: boolean): void {
    if (isShowing) {
      isStale = true;
      return;
    }
    current.value = { statistics, isComplete };
    isShowing = true;
    later(() => {
      isShowing = false;
      if (!isStale) return;
      isStale = false;
      show(shown.peek().isComplete && hasSeenAll);
    }, SHOW_EVERY_MS);
  }

  return {
    current,
    follow() {
      followers++;
      const stop = effect(() => {
        void shown.value;
        untracked(advance);
      });
      return () => {
        followers--;
        stop();
      };
    },
  };
}
