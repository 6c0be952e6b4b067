import { countText } from "../../core/lib/texts";
import { type Signal, signal } from "@preact/signals";

import { MAX_TEXT } from "../../core/lib/json";
import type { Draft, DraftKind, DraftOf } from "../session/draft";

export type Drafts = { readonly [K in DraftKind]: Signal<DraftOf<K>> };

const NEW = { revision: 0, meaning: 0, isTyped: false, typed: undefined };
const SAMPLE_MESSAGE = { ...NEW, text: '{ "kind": "chat", "text": "Hello" }' };

export function createDrafts(): Drafts {
  return {
    "send-app-message": signal({
      ...SAMPLE_MESSAGE,
      kind: "send-app-message",
      isRaw: false,
      to: [],
      toText: "",
      times: 1,
      everyMs: 1_000,
    }),
    "set-user-data": signal({ ...NEW, kind: "set-user-data", text: "{}", seen: undefined }),
    "set-meeting-session-data": signal({
      ...NEW,
      kind: "set-meeting-session-data",
      text: "{}",
      mergeStrategy: "shallow-merge",
      base: undefined,
      seen: undefined,
    }),
    "receive-app-message": signal({ ...SAMPLE_MESSAGE, kind: "receive-app-message", fromId: "" }),
  };
}

export const KINDS: readonly DraftKind[] = [
  "send-app-message",
  "set-user-data",
  "set-meeting-session-data",
  "receive-app-message",
];

/** The draft of a kind that is only known when it runs. A draft that is put there must be of the same kind. */
export const draftOf = (drafts: Drafts, kind: DraftKind): Signal<Draft> =>
  drafts[kind] as Signal<Draft>;

/** Whether a draft is as the panel made it: nothing was typed, put in or chosen. */
export const isPristine = ({ revision, isTyped, text }: Draft): boolean =>
  revision === 0 && !isTyped && text === "{}";

/** The JSON text that a draft stands for: plain text goes out as a string. */
export const jsonTextOf = (draft: Draft): string =>
  isPlain(draft) ? JSON.stringify(draft.text) : draft.text;

/** Whether the text is not to be read as JSON. */
export const isPlain = (draft: Draft): boolean => draft.kind === "send-app-message" && draft.isRaw;

/** Why a text cannot be put into the editor; undefined when it can. Nothing longer could ever be sent. */
export function whyNotEdit(length: number): string | undefined {
  if (length <= MAX_TEXT) return undefined;
  return `That would be ${countText(length)} characters: too long to send, so it was left out. Your text is as it was.`;
}

/** A draft with something put in the place of its text. What had been typed is kept for one step back. */
export function replaced<D extends Draft>(draft: D, part: Partial<D>): D {
  const typed = draft.isTyped ? { ...draft, typed: undefined } : draft.typed;
  const unseen = "seen" in draft && { seen: undefined };
  return { ...draft, ...unseen, ...part, ...renewed(draft), isTyped: false, typed };
}

/** A draft that was typed in, or whose options were changed. One that is for another state is another text from then on. */
export function changed<D extends Draft>(draft: D, part: Partial<D>): D {
  const isOther = "base" in part || "seen" in part;
  return { ...draft, ...part, meaning: draft.meaning + (isOther ? 1 : 0) };
}

/** The numbers of a draft whose text is another one now, and stands for something else. */
export const renewed = ({ revision, meaning }: Draft): Pick<Draft, "revision" | "meaning"> => ({
  revision: revision + 1,
  meaning: meaning + 1,
});

/** The draft as it was typed, before something else took its place. If that was typed in, it is a step away then. */
export function backToTyped(draft: Draft): Draft {
  if (!draft.typed) return draft;
  const typed = draft.isTyped ? { ...draft, typed: undefined } : undefined;
  return { ...draft.typed, ...renewed(draft), typed } as Draft;
}
