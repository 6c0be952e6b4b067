import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import { createCallConversations } from "../../core/conversation/call-conversations";
import type { Conversation } from "../../core/conversation/conversation";
import { isShown, type Item } from "../../core/conversation/shown-turn";
import type { Filter } from "../../core/filter/filter";
import { createFollower } from "../../core/lib/slices";
import type { Entry } from "../../core/session/session-log";
import type { Session } from "../session/session";

/** The conversation of a call as it is shown. A new object each time there is more of it. */
export type ShownConversation = {
  readonly callId: string;
  readonly conversation: Conversation;
  /** What there is to see of it: without turns that came to nothing. */
  readonly items: readonly Item[];
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
};

export type Conversations = {
  /** Of the call that the filter names, or else of the one that spoke last; undefined where that has no turns. */
  readonly current: ReadonlySignal<ShownConversation | undefined>;
  /** Calls with turns, in the order in which they began. The same list as long as they are the same. */
  readonly callIds: ReadonlySignal<readonly string[]>;
};

/** Long enough to be of use, short enough that no one waits for it. */
const SLICE_MS = 8;

/** Goes through the log of a session once, and derives the conversation of each call. */
function readerOf(session: Session) {
  const conversations = createCallConversations((callId) => session.callOf(callId));
  const generation = session.generation.peek();
  const follower = createFollower<Entry>({
    ...conversations,
    take(entry) {
      if (!session.isPaused(entry)) conversations.take(entry);
    },
  });

  return {
    byCall: conversations.byCall,
    latest: () => conversations.latest(),
    /** Goes up with each change of any of them. */
    revision: () => conversations.revision(),
    /** Whether this is still the log to read: another session may be shown, or events cut out of this one. */
    isOf: (other: Session) => other === session && other.generation.peek() === generation,
    /** Reads on for some milliseconds. Returns whether it came through. */
    read(): boolean {
      const end = performance.now() + SLICE_MS;
      return follower.advance(session.log.entries, () => performance.now() > end);
    },
  };
}

/**
 * The conversations of a session, kept up to date at its pace. Each event is looked at once; all over again only when
 * another session is shown or events were cut out of it. Long work is done in slices, `later` being how the next one is
 * asked for.
 */
export function createConversations(
  session: ReadonlySignal<Session>,
  filter: ReadonlySignal<Filter>,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): Conversations {
  let reader = readerOf(session.peek());
  const state = signal({ reader, revision: 0, isComplete: true });
  let isAsked = false;

  function advance(): void {
    isAsked = false;
    const now = session.peek();
    if (!reader.isOf(now)) reader = readerOf(now);
    const isComplete = reader.read();
    const revision = reader.revision();
    const before = state.peek();
    if (
      before.reader !== reader ||
      before.revision !== revision ||
      before.isComplete !== isComplete
    )
      state.value = { reader, revision, isComplete };
    if (!isComplete) goOn();
  }

  function goOn(): void {
    if (isAsked) return;
    isAsked = true;
    later(advance, 0);
  }

  effect(() => {
    const { counts, generation } = session.value;
    void [counts.value, generation.value];
    // In a task of its own: those who draw the same events are busy in this one.
    untracked(goOn);
  });

  let listed: readonly string[] = [];
  const callIds = computed(() => {
    const now = [...state.value.reader.byCall]
      .filter(([, conversation]) => conversation.protocol() !== undefined)
      .map(([callId]) => callId);
    return now.join("\n") === listed.join("\n") ? listed : (listed = now);
  });

  let known: { readonly revision: number; readonly shown: ShownConversation } | undefined;

  const current = computed((): ShownConversation | undefined => {
    const { reader: of, isComplete } = state.value;
    const callId = filter.value.callId ?? of.latest();
    const conversation = of.byCall.get(callId ?? "");
    if (callId === undefined || conversation?.protocol() === undefined) return (known = undefined);
    const revision = conversation.revision();
    const before = known?.shown;
    if (
      before?.conversation !== conversation ||
      known?.revision !== revision ||
      before.isComplete !== isComplete
    ) {
      const items = conversation.items().filter(isShown);
      known = { revision, shown: { callId, conversation, items, isComplete } };
    }
    return known?.shown;
  });

  return { current, callIds };
}
