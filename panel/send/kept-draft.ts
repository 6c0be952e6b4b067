import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { MAX_TEXT } from "../../core/lib/json-depth";
import type { SessionData } from "../../core/daily/merge";
import { anew } from "./drafts";
import type { Draft } from "../session/draft";

/** Characters of one draft with what it was made from. A storage has room for a dozen of them. */
const MAX_KEPT = 250_000;

const isRecord = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Checked by hand: a schema for records leaves out keys such as `constructor`. */
const state = v.optional(v.custom<SessionData>(isRecord));

const keptFields = {
  text: v.pipe(v.string(), v.maxLength(MAX_TEXT)),
  isRaw: v.boolean(),
  // Without its recipients a message to one would become one to everyone.
  to: v.array(v.string()),
  toText: v.string(),
  mergeStrategy: v.picklist(["shallow-merge", "replace"]),
  fromId: v.string(),
  base: state,
  seen: state,
  /** The room whose states these are. */
  room: v.optional(v.string()),
  isTyped: v.boolean(),
};
const keptSchema = v.object({ ...keptFields, typed: v.optional(v.object(keptFields)) });
type Kept = v.InferOutput<typeof keptSchema>;

/** Drafts as text and back, with the room whose states they are compared with. In another one they mean nothing. */
export function createKeptDrafts() {
  const rooms = new WeakMap<SessionData, string>();

  /** Notes of which room the states of a draft are: the one that it was in when they were first seen. */
  function learn({ base, seen, typed }: Draft, room: string | undefined): void {
    if (room === undefined) return;
    for (const each of [base, seen]) if (each && !rooms.has(each)) rooms.set(each, room);
    if (typed) learn(typed, room);
  }

  function keepable({ typed, ...draft }: Draft): Kept {
    const { text, isRaw, to, toText, mergeStrategy, fromId, base, seen, isTyped } = draft;
    const known = base ?? seen;
    const room = known && rooms.get(known);
    const options = { isRaw, to: [...to], toText, mergeStrategy, fromId, isTyped };
    const fields = { text, ...options, base, seen, room };
    return typed ? { ...fields, typed: keepable(typed) } : fields;
  }

  function restored(untouched: Draft, { typed, room: its, ...kept }: Kept, room?: string): Draft {
    const isHere = its !== undefined && its === room;
    const { base, seen } = isHere ? kept : { base: undefined, seen: undefined };
    const then = typed && restored(untouched, typed, room);
    const draft = { ...untouched, ...kept, base, seen, typed: then, ...anew(untouched) };
    learn(draft, room);
    return draft;
  }

  return {
    learn,
    /** Nothing for one that is too long: an older text in its place would pass for it. */
    textOf(draft: Draft): string {
      const text = JSON.stringify(keepable(draft));
      return text.length <= MAX_KEPT ? text : "";
    },
    /** The draft that a text was made of, in a room; undefined when it is none. */
    read(text: string | null, untouched: Draft, room: string | undefined): Draft | undefined {
      const stored = parseJson(text ?? "");
      const kept = v.safeParse(keptSchema, stored.ok ? stored.value : undefined);
      return kept.success ? restored(untouched, kept.output, room) : undefined;
    },
  };
}
