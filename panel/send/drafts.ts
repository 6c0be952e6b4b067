import { countText } from "../../core/lib/count-text";
import { type Signal, signal } from "@preact/signals";

import { MAX_TEXT } from "../../core/lib/json-depth";
import type { Draft, DraftKind } from "../session/draft";

export type Drafts = { readonly [K in DraftKind]: Signal<Draft> };

const EMPTY: Draft = {
  text: "",
  isRaw: false,
  to: [],
  toText: "",
  mergeStrategy: "shallow-merge",
  fromId: "",
  times: 1,
  everyMs: 1_000,
  base: undefined,
  seen: undefined,
  revision: 0,
  meaning: 0,
  isTyped: false,
  typed: undefined,
};

export function createDrafts(): Drafts {
  return {
    "send-app-message": signal({ ...EMPTY, text: '{ "kind": "chat", "text": "Hello" }' }),
    "set-user-data": signal({ ...EMPTY, text: "{}" }),
    "set-meeting-session-data": signal({ ...EMPTY, text: "{}" }),
    "receive-app-message": signal({ ...EMPTY, text: '{ "kind": "chat", "text": "Hello" }' }),
  };
}

/** Whether a draft is as the panel made it: nothing was typed, put in or chosen. */
export const isPristine = ({ revision, isTyped, text }: Draft): boolean =>
  revision === 0 && !isTyped && text === "{}";

/** Why a text cannot be put into the editor; undefined when it can. Nothing longer could ever be sent. */
export function whyNotEdit(length: number): string | undefined {
  if (length <= MAX_TEXT) return undefined;
  return `That would be ${countText(length)} characters: too long to send, so it was left out. Your text is as it was.`;
}

/** A draft with something put in the place of its text. What had been typed is kept for one step back. */
export function replaced(draft: Draft, part: Partial<Draft>): Draft {
  const typed = draft.isTyped ? { ...draft, typed: undefined } : draft.typed;
  const { revision, meaning } = anew(draft);
  return { ...draft, seen: undefined, ...part, revision, meaning, isTyped: false, typed };
}

/** A draft that was typed in, or whose options were changed. One that is for another state is another text from then on. */
export function changed(draft: Draft, part: Partial<Draft>): Draft {
  const isOther = "base" in part || "seen" in part;
  return { ...draft, ...part, meaning: draft.meaning + (isOther ? 1 : 0) };
}

/** The numbers of a draft whose text is another one now, and stands for something else. */
export const anew = ({ revision, meaning }: Draft): Pick<Draft, "revision" | "meaning"> => ({
  revision: revision + 1,
  meaning: meaning + 1,
});

/** The draft as it was typed, before something else took its place. If that was typed in, it is a step away then. */
export function backToTyped(draft: Draft): Draft {
  if (!draft.typed) return draft;
  const typed = draft.isTyped ? { ...draft, typed: undefined } : undefined;
  return { ...draft.typed, ...anew(draft), typed };
}
