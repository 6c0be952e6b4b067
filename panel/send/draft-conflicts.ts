import { checkJson } from "../../core/lib/check-json";
import { prettyJson } from "../../core/lib/json-depth";
import {
  applyUpdate,
  changedKeys,
  hasSame,
  isSessionData,
  type SessionData,
  type Sides,
  smallestUpdate,
} from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import { valueAt } from "../../core/lib/value-at";
import type { CallHistory } from "../../core/session/call-history";
import { anew } from "./drafts";
import type { Draft, DraftKind } from "../session/draft";

/** The object that a draft says; undefined while it is none. */
function ownOf({ text }: Draft): SessionData | undefined {
  const checked = checkJson(text);
  return checked.ok && isSessionData(checked.value) ? checked.value : undefined;
}

/** No text, or the sample. */
const IS_EMPTY = /^\s*(?:\{\s*\}\s*)?$/;

/**
 * A draft of session data that was changed, with the room as it was when somebody began to write it. Until then, and
 * after it was sent, what others write is no news to it.
 */
export function begun(
  kind: DraftKind,
  draft: Draft,
  before: Draft,
  history: CallHistory | undefined,
): Draft {
  if (kind !== "set-meeting-session-data" || !history || draft.base) return draft;
  if (IS_EMPTY.test(draft.text)) return { ...draft, seen: undefined };
  if (draft.seen) return draft;
  const isSame = draft.text === before.text;
  // An edit of the whole that is to be an update from now on.
  if (isSame) return before.base ? { ...draft, seen: before.base } : draft;
  const { people, session } = history;
  const isKnown = people.localId() !== undefined || session.versions.length > 0;
  return isKnown ? { ...draft, seen: roomAhead(session) } : draft;
}

/** What changed since a draft was begun, by others or by the page's own writes, other than to what the draft itself says. */
export function changedSince(draft: Draft, { session }: CallHistory): string[] {
  const ahead = roomAhead(session);
  const own = ownOf(draft);
  if (draft.base)
    return changedKeys(draft.base, ahead).filter((key) => !own || !hasSame(key, ahead, own));
  const { seen } = draft;
  if (!seen || !own) return [];
  // A replace touches whatever there is.
  const keys =
    draft.mergeStrategy === "replace"
      ? changedKeys(seen, ahead)
      : Object.keys(own).filter((key) => !hasSame(key, seen, ahead));
  return keys.filter((key) => !hasSame(key, ahead, own));
}

/** Top-level keys that both the draft and somebody else changed: a rebase must take one side of each. */
export function conflictingKeys(draft: Draft, history: CallHistory): string[] {
  const own = ownOf(draft);
  if (!own) return [];
  const since = changedSince(draft, history);
  if (!draft.base) return since;
  const changed = new Set(changedKeys(draft.base, own));
  return since.filter((key) => changed.has(key));
}

/** What is chosen between, for some of the keys that both changed. */
export function sidesOf(
  draft: Draft,
  { session }: CallHistory,
  keys: readonly string[],
): ReadonlyMap<string, Sides> {
  const [own, ahead] = [ownOf(draft) ?? {}, roomAhead(session)];
  const sides = (key: string) => ({ mine: valueAt(own, [key]), theirs: valueAt(ahead, [key]) });
  return new Map(keys.map((key) => [key, sides(key)]));
}

/**
 * The same draft for the room as it is now: own changes stay, what others changed meanwhile is taken over. Where both
 * changed a key the own value stays, but for those of `theirs`.
 */
export function rebase(
  draft: Draft,
  { session }: CallHistory,
  theirs: ReadonlySet<string> = new Set(),
): Draft {
  const data = ownOf(draft);
  if (!data || !(draft.base ?? draft.seen)) return draft;
  const ahead = roomAhead(session);
  if (!draft.base) return rebaseUpdate(draft, data, ahead, theirs);
  const own = smallestUpdate(draft.base, data);
  const rebased = applyUpdate(ahead, {
    ...own,
    data: without(own.data, theirs),
    keysToDelete: own.keysToDelete.filter((key) => !theirs.has(key)),
  });
  return { ...withData(draft, rebased), base: ahead };
}

/** Their side of a key is left out of a merge, and is part of a replace. */
function rebaseUpdate(
  draft: Draft,
  data: SessionData,
  ahead: SessionData,
  theirs: ReadonlySet<string>,
): Draft {
  const seen = { ...draft, seen: ahead };
  if (theirs.size === 0) return seen;
  const own = without(data, theirs);
  if (draft.mergeStrategy !== "replace") return withData(seen, own);
  const others = Object.entries(ahead).filter(([key]) => theirs.has(key));
  return withData(seen, { ...own, ...Object.fromEntries(others) });
}

const without = (data: SessionData, keys: ReadonlySet<string>): SessionData =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !keys.has(key)));

const withData = (draft: Draft, data: SessionData): Draft => ({
  ...draft,
  text: prettyJson(JSON.stringify(data)),
  ...anew(draft),
});
