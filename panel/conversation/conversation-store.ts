import type { SessionStore } from "../session/session-store";
import type { Conversations } from "./conversation-state";

/** What the Conversation view needs of the store. */
export type ConversationStore = Pick<
  SessionStore,
  | "callOf"
  | "calls"
  | "filter"
  | "find"
  | "isFinding"
  | "isLive"
  | "selected"
  | "selection"
  | "session"
> & { readonly conversations: Conversations };
