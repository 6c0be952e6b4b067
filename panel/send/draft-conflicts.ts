import { checkJson, prettyJson } from "../../core/lib/json";
import {
  applyUpdate,
  isSessionData,
  type SessionData,
  smallestUpdate,
} from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import { changedSince, conflictsIn, type ThreeWay, yielding } from "../../core/daily/three-way";
import type { CallHistory } from "../../core/session/call-history";
import { renewed } from "./drafts";
import type { Draft, SessionDraft } from "../session/draft";

/** No text, or the sample. */
const IS_EMPTY = /^\s*(?:\{\s*\}\s*)?$/;

/**
 * A draft of session data that was changed, with the room as it was when the user began to write it. Until then, and
 * after it was sent, what others write isn't news to it.
 */
export function begun(draft: Draft, before: Draft, history: CallHistory | undefined): Draft {
  if (draft.kind !== "set-meeting-session-data" || !history || draft.base) return draft;
  if (IS_EMPTY.test(draft.text)) return { ...draft, seen: undefined };
  if (draft.seen) return draft;
  // An edit of all the data that is to be an update from now on.
  if (draft.text === before.text)
    return "base" in before && before.base ? { ...draft, seen: before.base } : draft;
  const { people, session } = history;
  const isKnown = people.localId() !== undefined || session.versions.length > 0;
  return isKnown ? { ...draft, seen: roomAhead(session) } : draft;
}

/** What a draft does to the room that it was started in, beside the room as it is now; undefined before it is started. */
export function threeWayOf(draft: SessionDraft, { session }: CallHistory): ThreeWay | undefined {
  const base = draft.base ?? draft.seen;
  if (!base) return undefined;
  const checked = checkJson(draft.text);
  const own = checked.ok && isSessionData(checked.value) ? checked.value : undefined;
  const update = { strategy: draft.mergeStrategy, keysToDelete: [] };
  const mine = own && (draft.base ? smallestUpdate(draft.base, own) : { ...update, data: own });
  return { base, mine, theirs: roomAhead(session) };
}

/**
 * What changed since a draft was started, by others or by the page's own writes, other than to what the draft itself
 * says. An update has nothing to do with keys that it doesn't write.
 */
export function newsFor(draft: SessionDraft, history: CallHistory): string[] {
  const edit = threeWayOf(draft, history);
  if (!edit) return [];
  return draft.base ? changedSince(edit) : conflictsIn(edit);
}

/** Top-level keys that both the draft and someone else changed: a rebase must take one side of each. */
export function conflictingKeys(draft: SessionDraft, history: CallHistory): string[] {
  const edit = threeWayOf(draft, history);
  return edit ? conflictsIn(edit) : [];
}

/**
 * The same draft for the room as it is now: own changes stay, what others changed in the meantime is taken over. Where
 * both changed a key the own value stays, but for those of `theirs`.
 */
export function rebase(
  draft: SessionDraft,
  history: CallHistory,
  theirs: ReadonlySet<string> = new Set(),
): SessionDraft {
  const edit = threeWayOf(draft, history);
  if (!edit?.mine) return draft;
  const now = edit.theirs;
  const mine = yielding(edit.mine, now, theirs);
  if (draft.base) return { ...withData(draft, applyUpdate(now, mine)), base: now };
  const seen = { ...draft, seen: now };
  return theirs.size === 0 ? seen : withData(seen, mine.data);
}

const withData = (draft: SessionDraft, data: SessionData): SessionDraft => ({
  ...draft,
  text: prettyJson(JSON.stringify(data)),
  ...renewed(draft),
});
