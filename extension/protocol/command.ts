/** What the panel may ask a page to do with its own call object. Data travels as JSON text. */
import type { MergeStrategy } from "./event";

export type CommandAction =
  | {
      readonly kind: "send-app-message";
      readonly json: string;
      /** As given to `sendAppMessage()`. Null is none of the documented ones, but a page may have used it. */
      readonly to: string | readonly string[] | null;
    }
  /** `json: null` clears the user data: `setUserData(undefined)`. */
  | { readonly kind: "set-user-data"; readonly json: string | null }
  | {
      readonly kind: "set-meeting-session-data";
      readonly json: string;
      readonly mergeStrategy: MergeStrategy;
      /** Top-level keys to give as `undefined`, which deletes them in a shallow merge. */
      readonly keysToDelete: readonly string[];
    }
  /** Hands the app an incoming message that no one sent. It stays in this page. */
  | { readonly kind: "receive-app-message"; readonly json: string; readonly fromId: string };

/** Ids of the commands of coding agents begin with this; those of the panel don't. */
export const AGENT_COMMAND = "agent-";

export type Command = {
  /** Chosen by whoever sends it; the event that the command leads to carries it. */
  readonly commandId: string;
  readonly callId: string;
  readonly action: CommandAction;
};
