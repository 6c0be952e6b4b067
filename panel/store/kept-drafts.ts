import { effect } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { MAX_TEXT } from "../domain/json-depth";
import type { SessionData } from "../domain/merge";
import type { Draft, DraftKind, Drafts } from "./drafts";

/** Characters of one draft with what it was made from. A storage has room for four of them many times over. */
const MAX_KEPT = 250_000;

const isRecord = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const keptFields = {
  text: v.pipe(v.string(), v.maxLength(MAX_TEXT)),
  isRaw: v.boolean(),
  // Without its recipients a message to one would become one to everyone.
  to: v.array(v.string()),
  toText: v.string(),
  mergeStrategy: v.picklist(["shallow-merge", "replace"]),
  fromId: v.string(),
  // Checked by hand: a schema for records leaves out keys such as `constructor`.
  base: v.optional(v.custom<SessionData>(isRecord)),
  isTyped: v.boolean(),
};
const keptSchema = v.object({ ...keptFields, typed: v.optional(v.object(keptFields)) });
type Kept = v.InferOutput<typeof keptSchema>;

/**
 * Keeps drafts in a storage that only the extension can read, for when the panel is loaded anew or DevTools is closed. What
 * comes back is a text to go on with: nothing is sent by it, it is not repeated, and nothing says that it was sent.
 */
export function keepDrafts(drafts: Drafts, storage: Pick<Storage, "getItem" | "setItem">): void {
  for (const kind of Object.keys(drafts) as DraftKind[]) {
    const draft = drafts[kind];
    const key = `draft:${kind}`;
    const untouched = draft.peek();
    const stored = parseJson(storage.getItem(key) ?? "");
    const kept = v.safeParse(keptSchema, stored.ok ? stored.value : undefined);
    if (kept.success) draft.value = restored(untouched, kept.output);
    effect(() => {
      if (draft.value === untouched) return;
      const text = JSON.stringify(keepable(draft.value));
      try {
        // An older text in the place of one that is too long would pass for it.
        storage.setItem(key, text.length <= MAX_KEPT ? text : "");
      } catch {
        // A full storage: the draft still holds while the panel is open.
      }
    });
  }
}

function keepable({ typed, ...draft }: Draft): Kept {
  const { text, isRaw, to, toText, mergeStrategy, fromId, base, isTyped } = draft;
  const fields = { text, isRaw, to: [...to], toText, mergeStrategy, fromId, base, isTyped };
  return typed ? { ...fields, typed: keepable(typed) } : fields;
}

const restored = (untouched: Draft, { typed, base, ...kept }: Kept): Draft => ({
  ...untouched,
  ...kept,
  base,
  typed: typed && { ...untouched, ...typed, base: typed.base, typed: undefined },
});
