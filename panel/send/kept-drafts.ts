import { effect } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { isSessionData, type SessionData } from "../../core/daily/merge";
import { MAX_TEXT } from "../../core/lib/json";
import type { CallHistory } from "../../core/session/call-history";
import type { CallSummary } from "../../core/session/call-list";
import type { Draft, DraftKind, SessionDraft } from "../session/draft";
import type { KeepStorage } from "../session/kept";
import { renewed, draftOf, type Drafts, KINDS } from "./drafts";

type ShelfStorage = KeepStorage & Pick<Storage, "removeItem">;

/** Whose a draft is, which outlives its call: Ada in one window of DevTools and Bob in another keep their own. */
export type DraftOwner = { readonly room: string; readonly name: string };

/**
 * Who sends what is being written: in the call that is chosen or held for it, or else in the latest. Undefined before a
 * first join. The ids of those without a name are others each time, so they share what they keep.
 */
export function draftOwner(
  calls: readonly CallSummary[],
  ids: { readonly chosen: string | undefined; readonly held: string | undefined },
  historyOf: (callId: string) => CallHistory | undefined,
): DraftOwner | undefined {
  const known = calls.filter(({ person }) => person !== undefined);
  const call =
    known.find(({ callId }) => callId === ids.chosen) ??
    known.find(({ callId, isLive }) => callId === ids.held && isLive) ??
    known.findLast(({ isLive }) => isLive) ??
    known.at(-1);
  if (!call) return undefined;
  const people = historyOf(call.callId)?.people;
  const local = people?.people.get(people.localId() ?? "");
  return { room: call.place, name: local?.participant.user_name ?? "" };
}

const keyOf = (kind: DraftKind, whose: DraftOwner | undefined): string =>
  whose ? `draft:${kind}:${JSON.stringify([whose.room, whose.name])}` : `draft:${kind}`;

/**
 * Keeps drafts in a storage that only the extension can read, for when the panel is loaded again or DevTools is closed.
 * What comes back is a text to go on with: nothing is sent by it, it is not repeated, and nothing says that it was sent.
 * They are kept by whose they are, and until that is known by their kind alone.
 */
export function keepDrafts(
  drafts: Drafts,
  storage: ShelfStorage,
  owner: () => DraftOwner | undefined,
): void {
  const shelf = createTextShelf(storage);
  for (const kind of KINDS) {
    const draft = draftOf(drafts, kind);
    const kept = createKeptDrafts(kind);
    let untouched = draft.peek();
    let written = untouched;
    let isKnown = false;

    /** Not in the place of what was typed in the meantime. */
    function takeBack(whose: DraftOwner | undefined): void {
      if (draft.peek() !== untouched) return;
      const read = kept.read(shelf.read(keyOf(kind, whose)), untouched, whose?.room);
      if (read) draft.value = untouched = read;
    }

    takeBack(undefined);
    effect(() => {
      const whose = owner();
      const isNews = whose !== undefined && !isKnown;
      // Once: what is being looked at is not exchanged because another call has come.
      if (isNews) takeBack(whose);
      isKnown ||= isNews;
      const now = draft.value;
      kept.learn(now, whose?.room);
      // Nor does it take the place of what is kept for that call until the user goes on with it.
      if (now === untouched || (now === written && !isNews)) return;
      written = now;
      shelf.write(keyOf(kind, whose), kept.textOf(now));
    });
  }
}

/** Characters of one draft with what it was made from. A storage has room for a dozen of them. */
const MAX_KEPT = 250_000;

const common = { text: v.pipe(v.string(), v.maxLength(MAX_TEXT)), isTyped: v.boolean() };
/** Checked by hand: a schema for records leaves out keys such as `constructor`. */
const state = v.optional(v.custom<SessionData>(isSessionData));
/** The room whose states these are. */
const room = v.optional(v.string());
/** What is kept of each kind. Earlier versions kept the options of all kinds with each: the others are left out. */
const FIELDS: Readonly<Record<DraftKind, v.ObjectEntries>> = {
  // Without its recipients a message to one would become one to everyone.
  "send-app-message": { isRaw: v.boolean(), to: v.array(v.string()), toText: v.string() },
  "set-user-data": { seen: state, room },
  "set-meeting-session-data": {
    mergeStrategy: v.picklist(["shallow-merge", "replace"]),
    base: state,
    seen: state,
    room,
  },
  "receive-app-message": { fromId: v.string() },
};

type Kept = {
  readonly text: string;
  readonly isTyped: boolean;
  readonly base?: SessionData | undefined;
  readonly seen?: SessionData | undefined;
  readonly room?: string | undefined;
  readonly typed?: Kept | undefined;
};

function schemaOf(kind: DraftKind): v.GenericSchema<unknown, Kept> {
  const fields = { ...common, ...FIELDS[kind] };
  const schema = v.object({ ...fields, typed: v.optional(v.object(fields)) });
  return schema as unknown as v.GenericSchema<unknown, Kept>;
}

/** Drafts as text and back, with the room whose states they are compared with. In another one they mean nothing. */
function createKeptDrafts(kind: DraftKind) {
  const schema = schemaOf(kind);
  const rooms = new WeakMap<SessionData, string>();

  function statesOf(draft: Draft): readonly SessionData[] {
    const { base, seen } = draft as Partial<SessionDraft>;
    return [base, seen].filter((each) => each !== undefined);
  }

  /** Notes of which room the states of a draft are: the one that it was in when they were first seen. */
  function learn(draft: Draft, its: string | undefined): void {
    if (its === undefined) return;
    for (const each of statesOf(draft)) if (!rooms.has(each)) rooms.set(each, its);
    if (draft.typed) learn(draft.typed, its);
  }

  function withRoom(draft: Draft): object {
    const [known] = statesOf(draft);
    const { typed } = draft;
    return { ...draft, room: known && rooms.get(known), typed: typed && withRoom(typed) };
  }

  function restored(untouched: Draft, { typed, room: its, ...kept }: Kept, here?: string): Draft {
    const { base: _base, seen: _seen, ...stateless } = kept;
    const fields = its !== undefined && its === here ? kept : stateless;
    const then = typed && restored(untouched, typed, here);
    const draft = { ...untouched, ...fields, typed: then, ...renewed(untouched) } as Draft;
    learn(draft, here);
    return draft;
  }

  return {
    learn,
    /** Nothing for one that is too long: an older text in its place would pass for it. */
    textOf(draft: Draft): string {
      const kept = v.safeParse(schema, withRoom(draft));
      const text = kept.success ? JSON.stringify(kept.output) : "";
      return text.length <= MAX_KEPT ? text : "";
    },
    /** The draft that a text was made of, in a room; undefined when it is none. */
    read(text: string | null, untouched: Draft, here: string | undefined): Draft | undefined {
      const stored = parseJson(text ?? "");
      const kept = v.safeParse(schema, stored.ok ? stored.value : undefined);
      return kept.success ? restored(untouched, kept.output, here) : undefined;
    },
  };
}

const INDEX = "drafts";
/** So many texts are kept, of which the one that was written longest ago goes first. */
export const MAX_TEXTS = 40;

const keysSchema = v.array(v.string());

/** Texts in a storage with an end. Where there is no room for another, older ones make it. */
export function createTextShelf(storage: ShelfStorage) {
  /** Their keys, the one that was written last at the end. Another window may have written in the meantime. */
  function keys(): readonly string[] {
    const stored = parseJson(storage.getItem(INDEX) ?? "");
    const read = v.safeParse(keysSchema, stored.ok ? stored.value : []);
    return read.success ? read.output : [];
  }

  return {
    read: (key: string): string | null => storage.getItem(key),

    write(key: string, text: string): void {
      const known = keys();
      const others = known.filter((each) => each !== key);
      const old = others.slice(0, Math.max(0, others.length + 1 - MAX_TEXTS));
      const young = others.slice(old.length);
      for (const each of old) storage.removeItem(each);
      for (;;) {
        try {
          storage.setItem(key, text);
          if (known.at(-1) !== key) storage.setItem(INDEX, JSON.stringify([...young, key]));
          return;
        } catch {
          // A full storage: without older ones to remove, the text still holds while the panel is open.
          const oldest = young.shift();
          if (oldest === undefined) return storage.gaveUp?.();
          storage.removeItem(oldest);
        }
      }
    },
  };
}
