import type { CallState } from "../session/call-state";
import { channelOf, viewOf } from "../session/event-view";
import type { Entry } from "../session/session-log";
import { type Conversation, createConversation } from "./conversation";
import { protocolMessageOf } from "./message";

/** The conversations of the calls of a log, entry by entry. */
export type CallConversations = {
  /** By the id of the call. Those whose `protocol()` is undefined have no turns yet. */
  readonly byCall: ReadonlyMap<string, Conversation>;
  /** The call in which something was said last. */
  latest(): string | undefined;
  /** Takes in the next entry. Costs the same however long the log is. */
  take(entry: Entry): void;
  startOver(): void;
  /** Entries before this index were removed from the log. */
  dropBefore(index: number): void;
  /** Goes up with each change of any of them. */
  revision(): number;
};

/** Derives the conversation of each call. */
export function createCallConversations(
  callOf: (callId: string) => CallState | undefined,
): CallConversations {
  const byCall = new Map<string, Conversation>();
  /** Who spoke for the bot, by call. */
  const bots = new Map<string, Set<string>>();
  let latest: string | undefined;
  let revision = 0;

  /** Whoever leaves says no more. */
  function endWith({ event }: Entry): void {
    if (event.kind !== "daily-event") return;
    const conversation = byCall.get(event.callId);
    if (!conversation) return;
    const isOver =
      event.name === "left-meeting" ||
      event.name === "call-instance-destroyed" ||
      (event.name === "participant-left" &&
        bots.get(event.callId)?.has(event.participant.session_id));
    if (!isOver) return;
    conversation.end(event.at);
    revision++;
  }

  return {
    byCall,
    latest: () => latest,
    revision: () => revision,
    take(entry) {
      const { callId } = entry.event;
      if (channelOf(entry) !== "app-message") return endWith(entry);
      const message = protocolMessageOf(viewOf(entry, callOf(callId)));
      const parts = message?.decoded.parts;
      if (!message || !parts || parts.length === 0) return;
      let conversation = byCall.get(callId);
      if (!conversation) byCall.set(callId, (conversation = createConversation()));
      conversation.take(message);
      if (conversation.protocol() !== undefined) latest = callId;
      if (message.direction === "in") {
        const known = bots.get(callId);
        if (known) known.add(message.from);
        else bots.set(callId, new Set([message.from]));
      }
      revision++;
    },
    startOver() {
      byCall.clear();
      bots.clear();
      latest = undefined;
      revision++;
    },
    dropBefore(index) {
      for (const conversation of byCall.values()) conversation.dropBefore(index);
      revision++;
    },
  };
}
