import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import { createStatistics, type MessageFact, type Statistics } from "./statistics";
import type { CallState } from "../../core/session/call-state";
import { messageFact, outcomeOf } from "./message-fact";
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

/** Long enough to be of use, short enough that nobody waits for it. */
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
  let source: readonly Entry[] = [];
  let firstIndex: number | undefined;
  let taken = 0;
  /** Calls of which it may still show what became of them. */
  let waiting: Entry[] = [];
  const current = signal<ShownStatistics>({ statistics, isComplete: false });

  /** Parsing is the costly part, and the filter changes more often than what it is applied to. */
  const facts = new WeakMap<Entry, MessageFact | false>();
  function factOf(entry: Entry): MessageFact | false {
    let fact = facts.get(entry);
    if (fact === undefined)
      facts.set(entry, (fact = messageFact(entry, callOf(entry.event.callId)?.history) ?? false));
    return fact;
  }

  function startOver(entries: readonly Entry[]): void {
    statistics = createStatistics();
    source = entries;
    firstIndex = entries[0]?.index;
    taken = 0;
    waiting = [];
  }

  /** Whether it is known by now what became of a call, or never will be. */
  function isOver(entry: Entry): boolean {
    const outcome = outcomeOf(entry, callOf(entry.event.callId)?.history);
    if (outcome === "waiting") return false;
    if (outcome) statistics.ended(outcome);
    return true;
  }

  function takeIn({ entries, isComplete }: Shown): boolean {
    if (entries !== source || (taken > 0 && entries[0]?.index !== firstIndex)) startOver(entries);
    firstIndex ??= entries[0]?.index;
    waiting = waiting.filter((entry) => !isOver(entry));
    const end = performance.now() + SLICE_MS;
    for (; taken < entries.length && performance.now() < end; taken++) {
      const entry = entries[taken] as Entry;
      const fact = factOf(entry);
      if (!fact) continue;
      statistics.add(fact);
      if (!isOver(entry)) waiting.push(entry);
    }
    return isComplete && taken >= entries.length;
  }

  let followers = 0;
  let isScheduled = false;
  let isShowing = false;
  let isStale = false;

  function advance(): void {
    const latest = shown.peek();
    const isComplete = takeIn(latest);
    show(isComplete);
    if (taken >= latest.entries.length || isScheduled) return;
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
      show(shown.peek().isComplete && source === shown.peek().entries && taken >= source.length);
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
