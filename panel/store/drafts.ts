import { type Signal, signal } from "@preact/signals";

import type { CommandAction } from "../../extension/protocol/command";
import type { SessionData } from "../domain/merge";
import type { MergeStrategy } from "../../extension/protocol/event";

export type DraftKind = CommandAction["kind"];

/** What somebody is about to send. Kept while the panel lives, whatever else is looked at. */
export type Draft = {
  readonly text: string;
  /** Whether the text is sent as it is, as a string, rather than read as JSON. */
  readonly isRaw: boolean;
  /** Recipients of an app message; none means everyone. */
  readonly to: readonly string[];
  readonly mergeStrategy: MergeStrategy;
  /** From whom a simulated message is to come. */
  readonly fromId: string;
  /** How often, and every how many milliseconds. */
  readonly times: number;
  readonly everyMs: number;
  /** The state that the text was made from, for an edit of the whole: only what differs from it is sent. */
  readonly base: SessionData | undefined;
  /** Counts changes of the text that do not come from typing, so that the editor takes over those alone. */
  readonly revision: number;
};

export type Drafts = { readonly [K in DraftKind]: Signal<Draft> };

const EMPTY: Draft = {
  text: "",
  isRaw: false,
  to: [],
  mergeStrategy: "shallow-merge",
  fromId: "",
  times: 1,
  everyMs: 1_000,
  base: undefined,
  revision: 0,
};

export function createDrafts(): Drafts {
  return {
    "send-app-message": signal({ ...EMPTY, text: '{ "kind": "chat", "text": "Hello" }' }),
    "set-user-data": signal({ ...EMPTY, text: "{}" }),
    "set-meeting-session-data": signal({ ...EMPTY, text: "{}" }),
    "receive-app-message": signal({ ...EMPTY, text: '{ "kind": "chat", "text": "Hello" }' }),
  };
}
