import { type Signal, signal } from "@preact/signals";

import type { CommandAction } from "../../extension/protocol/command";
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
  /** `seq` of the state that the text was made from, to notice what others wrote since. */
  readonly baseSeq: number | undefined;
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
  baseSeq: undefined,
};

export function createDrafts(): Drafts {
  return {
    "send-app-message": signal({ ...EMPTY, text: '{ "kind": "chat", "text": "Hello" }' }),
    "set-user-data": signal({ ...EMPTY, text: "{}" }),
    "set-meeting-session-data": signal({ ...EMPTY, text: "{}" }),
    "receive-app-message": signal({ ...EMPTY, text: '{ "kind": "chat", "text": "Hello" }' }),
  };
}
