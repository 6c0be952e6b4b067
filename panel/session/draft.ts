import type { CommandAction } from "../../extension/protocol/command";
import type { MergeStrategy } from "../../extension/protocol/event";
import type { SessionData } from "../../core/daily/merge";

export type DraftKind = CommandAction["kind"];

type DraftBase<K extends DraftKind> = {
  readonly kind: K;
  readonly text: string;
  /** Counts changes of the text that do not come from typing, so that the editor takes over those alone. */
  readonly revision: number;
  /** Counts changes of what the text stands for: undo ends at one, or an old text would be sent as something else. */
  readonly meaning: number;
  /** Whether the user wrote in it since it was put there. */
  readonly isTyped: boolean;
  /** What the user had typed before something else took its place, until it is sent: one step back. */
  readonly typed: DraftOf<K> | undefined;
};

export type MessageDraft = DraftBase<"send-app-message"> & {
  /** Whether the text is sent as it is, as a string, rather than read as JSON. */
  readonly isRaw: boolean;
  /** Recipients; none means everyone. */
  readonly to: readonly string[];
  /** Ids of further recipients as typed so far. They count, whether or not the field was left. */
  readonly toText: string;
  /** How often, and every how many milliseconds. */
  readonly times: number;
  readonly everyMs: number;
};

export type SimulatedDraft = DraftBase<"receive-app-message"> & {
  /** From whom the message is to come; empty until a sender is chosen. */
  readonly fromId: string;
};

export type UserDataDraft = DraftBase<"set-user-data"> & {
  /** The user data as it was when the text was put there, by the key that `ownEdit` gives it. */
  readonly seen: SessionData | undefined;
};

export type SessionDraft = DraftBase<"set-meeting-session-data"> & {
  readonly mergeStrategy: MergeStrategy;
  /** The state that the text was made from, for an edit of all the data: only what differs from it is sent. */
  readonly base: SessionData | undefined;
  /** The room as it was when an update was started, to tell what others wrote since. */
  readonly seen: SessionData | undefined;
};

/** What the user is about to send. Kept whatever else is looked at; see `keepDrafts` for when the panel is closed. */
export type Draft = MessageDraft | SimulatedDraft | UserDataDraft | SessionDraft;
export type DraftOf<K extends DraftKind> = Extract<Draft, { kind: K }>;

/** Opens the Send tab on a draft for a call, the shown one if none is named. Nothing is sent yet. */
export type Compose = <K extends DraftKind>(
  kind: K,
  draft: Partial<DraftOf<K>>,
  callId?: string,
) => void;
