import type { CommandAction } from "../../extension/protocol/command";
import type { MergeStrategy } from "../../extension/protocol/event";
import type { SessionData } from "../../core/daily/merge";

export type DraftKind = CommandAction["kind"];

/** What somebody is about to send. Kept whatever else is looked at; see `keepDrafts` for when the panel is closed. */
export type Draft = {
  readonly text: string;
  /** Whether the text is sent as it is, as a string, rather than read as JSON. */
  readonly isRaw: boolean;
  /** Recipients of an app message; none means everyone. */
  readonly to: readonly string[];
  /** Ids of further recipients as typed so far. They count, whether or not the field was left. */
  readonly toText: string;
  readonly mergeStrategy: MergeStrategy;
  /** From whom a simulated message is to come. */
  readonly fromId: string;
  /** How often, and every how many milliseconds. */
  readonly times: number;
  readonly everyMs: number;
  /** The state that the text was made from, for an edit of the whole: only what differs from it is sent. */
  readonly base: SessionData | undefined;
  /** The room as it was when an update was begun, to tell what others wrote since. */
  readonly seen: SessionData | undefined;
  /** Counts changes of the text that do not come from typing, so that the editor takes over those alone. */
  readonly revision: number;
  /** Counts changes of what the text stands for: undo ends at one, or an old text would be sent as something else. */
  readonly meaning: number;
  /** Whether somebody wrote in it since it was put there. */
  readonly isTyped: boolean;
  /** What somebody had typed before something else took its place, until it is sent: one step back. */
  readonly typed: Draft | undefined;
};

/** Opens the Send tab on a draft for a call, the shown one if none is named. Nothing is sent by that. */
export type Compose = (kind: DraftKind, draft: Partial<Draft>, callId?: string) => void;
