import type { CommandAction } from "../../extension/protocol/command";
import { checkJson, type JsonProblem } from "../../core/lib/json";
import { countText, keyNames } from "../../core/lib/texts";
import { sessionCommand } from "../../core/daily/command";
import {
  applyUpdate,
  hasSame,
  isEmptyMerge,
  isSessionData,
  pickKeys,
  type SessionData,
  type SessionUpdate,
  smallestUpdate,
} from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import type { CallHistory } from "../../core/session/call-history";
import { LONGEST_EVERY_MS, MAX_TIMES, SHORTEST_EVERY_MS } from "../session/commands";
import type { Draft, MessageDraft, SessionDraft } from "../session/draft";
import { conflictingKeys, newsFor, rebase } from "./draft-conflicts";
import { isPlain, jsonTextOf } from "./drafts";
import { recipientsIn, whyNotTo } from "./recipients";

export type DraftAction =
  | {
      readonly ok: true;
      readonly action: CommandAction;
      readonly json: string;
      readonly update?: SessionUpdate;
    }
  | { readonly ok: false; readonly reason: string };

/** Said of a draft with which nothing is wrong. */
export const NOTHING_TO_SEND = "Nothing will change.";

/** What sending a draft would do, or why it cannot be sent yet. */
export function actionOf(draft: Draft, history: CallHistory | undefined): DraftAction {
  const checked = checkJson(jsonTextOf(draft));
  if (!checked.ok) return { ok: false, reason: reasonOf(checked.problems[0], draft) };
  // Without the white space of the editor: this is the text whose size counts.
  const json = JSON.stringify(checked.value);
  switch (draft.kind) {
    case "send-app-message": {
      const obstacle = whyNotTo(draft.toText) ?? whyNotRepeated(draft);
      if (obstacle !== undefined) return { ok: false, reason: obstacle };
      const ids = recipientsIn(draft);
      const [first, ...others] = ids;
      const to = first === undefined ? "*" : others.length === 0 ? first : ids;
      return { ok: true, json, action: { kind: draft.kind, json, to } };
    }
    case "set-user-data":
      return { ok: true, json, action: { kind: draft.kind, json } };
    case "receive-app-message":
      if (draft.fromId === "") return { ok: false, reason: "Select a sender." };
      return { ok: true, json, action: { kind: draft.kind, json, fromId: draft.fromId } };
    case "set-meeting-session-data":
      return sessionAction(draft, checked.value, history);
  }
}

/** Why a message can't be sent so often, or so many milliseconds apart; undefined when it can. */
function whyNotRepeated({ times, everyMs }: MessageDraft): string | undefined {
  if (!Number.isInteger(times) || times < 1 || times > MAX_TIMES)
    return `To send this, enter how many times: 1 to ${MAX_TIMES}.`;
  if (times > 1 && !(everyMs >= SHORTEST_EVERY_MS && everyMs <= LONGEST_EVERY_MS))
    return `To send this, enter how many milliseconds apart: ${SHORTEST_EVERY_MS} to ${countText(LONGEST_EVERY_MS)}.`;
  return undefined;
}

/** What is wrong with a text, and where: `Invalid symbol. (2:14)`, its line and column. */
function reasonOf(problem: JsonProblem | undefined, draft: Draft): string {
  if (!problem) return "Not JSON.";
  const { text } = draft;
  if (isPlain(draft) || text.trim() === "") return problem.message;
  const before = text.slice(0, problem.from);
  const column = before.length - before.lastIndexOf("\n");
  return `${problem.message} (${before.split("\n").length}:${column})`;
}

function sessionAction(
  draft: SessionDraft,
  value: unknown,
  history: CallHistory | undefined,
): DraftAction {
  if (!isSessionData(value)) return { ok: false, reason: "Session data must be an object: { … }." };
  const conflicts = history ? conflictingKeys(draft, history) : [];
  if (conflicts.length > 0)
    return { ok: false, reason: conflictWords(conflicts, draft.base !== undefined) };
  const update: SessionUpdate =
    draft.base === undefined || draft.mergeStrategy === "replace"
      ? { strategy: draft.mergeStrategy, data: value, keysToDelete: [] }
      : withoutSame(smallestUpdate(draft.base, value), history ? roomAhead(history.session) : {});
  if (isEmptyMerge(update)) return { ok: false, reason: NOTHING_TO_SEND };
  const action = sessionCommand(update);
  return { ok: true, json: action.json, update, action };
}

function conflictWords(keys: readonly string[], isEdit: boolean): string {
  const what = isEdit
    ? `You and someone else both changed `
    : `Since you started, someone else changed `;
  return `${what}${keyNames(keys)}: choose which value stays, then apply your edit.`;
}

/** An update without what the room has already, such as an earlier part of the same edit. */
function withoutSame(
  { strategy, data, keysToDelete }: SessionUpdate,
  current: SessionData,
): SessionUpdate {
  return {
    strategy,
    data: pickKeys(
      data,
      Object.keys(data).filter((key) => !hasSame(key, data, current)),
    ),
    keysToDelete: keysToDelete.filter((key) => Object.hasOwn(current, key)),
  };
}

/**
 * A draft once it was sent. An edit of the room goes on from what it has just set, and from what others changed before
 * that: neither is something that happened to it since.
 */
export function afterSending(
  draft: Draft,
  { update }: Extract<DraftAction, { ok: true }>,
  history: CallHistory | undefined,
): Draft {
  if (draft.kind !== "set-meeting-session-data")
    return { ...draft, ...("seen" in draft && { seen: undefined }), typed: undefined };
  if (!draft.base || !update || !history) return { ...draft, seen: undefined, typed: undefined };
  // A replace has just gone over what others changed.
  const isBehind = update.strategy !== "replace" && newsFor(draft, history).length > 0;
  const { base, ...kept } = isBehind ? rebase(draft, history) : draft;
  return { ...kept, base: applyUpdate(base ?? {}, update), typed: undefined };
}
