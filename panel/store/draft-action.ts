import type { CommandAction } from "../../extension/protocol/command";
import { checkJson } from "../domain/check-json";
import { changedKeys, type SessionData, type SessionUpdate } from "../domain/merge";
import { versionAt } from "../domain/people-tracker";
import { dataOf } from "../domain/session-tracker";
import type { CallHistory } from "./call-history";
import type { Draft, DraftKind } from "./drafts";

export type DraftAction =
  | {
      readonly ok: true;
      readonly action: CommandAction;
      readonly json: string;
      readonly update?: SessionUpdate;
    }
  | { readonly ok: false; readonly reason: string };

/** What sending a draft would do, or why it cannot be sent yet. */
export function actionOf(
  kind: DraftKind,
  draft: Draft,
  history: CallHistory | undefined,
): DraftAction {
  const text = draft.isRaw ? JSON.stringify(draft.text) : draft.text;
  const checked = checkJson(text);
  if (!checked.ok) return { ok: false, reason: checked.problems[0]?.message ?? "Not JSON." };
  // Without the white space of the editor: this is the text whose size counts.
  const json = JSON.stringify(checked.value);
  switch (kind) {
    case "send-app-message": {
      const [first, ...others] = draft.to;
      const to = first === undefined ? "*" : others.length === 0 ? first : draft.to;
      return { ok: true, json, action: { kind, json, to } };
    }
    case "set-user-data":
      return { ok: true, json, action: { kind, json } };
    case "receive-app-message":
      if (draft.fromId === "")
        return { ok: false, reason: "Choose from whom the message is to come." };
      return { ok: true, json, action: { kind, json, fromId: draft.fromId } };
    case "set-meeting-session-data":
      return sessionAction(draft, checked.value, history);
  }
}

function sessionAction(
  draft: Draft,
  value: unknown,
  history: CallHistory | undefined,
): DraftAction {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, reason: "Session data must be an object: { … }." };
  }
  const data = value as SessionData;
  const update: SessionUpdate =
    draft.baseSeq === undefined
      ? { strategy: draft.mergeStrategy, data, keysToDelete: [] }
      : smallestUpdate(baseOf(draft, history), data, draft.mergeStrategy);
  const json = JSON.stringify(update.data);
  const { strategy, keysToDelete } = update;
  return {
    ok: true,
    json,
    update,
    action: { kind: "set-meeting-session-data", json, mergeStrategy: strategy, keysToDelete },
  };
}

/** The state that an edit started from. */
function baseOf({ baseSeq }: Draft, history: CallHistory | undefined): SessionData {
  return dataOf(
    baseSeq === undefined ? undefined : versionAt(history?.session.versions ?? [], baseSeq),
  );
}

/** The least that turns one state into another: only the top-level keys that differ, unless all is to be replaced. */
export function smallestUpdate(
  before: SessionData,
  after: SessionData,
  strategy: SessionUpdate["strategy"] = "shallow-merge",
): SessionUpdate {
  if (strategy === "replace") return { strategy, data: after, keysToDelete: [] };
  const changed = changedKeys(before, after);
  return {
    strategy,
    data: Object.fromEntries(
      changed.filter((key) => Object.hasOwn(after, key)).map((key) => [key, after[key]]),
    ),
    keysToDelete: changed.filter((key) => !Object.hasOwn(after, key)),
  };
}

/** What others changed since an edit was begun; empty when nothing did. */
export function changedSince(draft: Draft, history: CallHistory): string[] {
  const { versions } = history.session;
  if (draft.baseSeq === undefined) return [];
  return changedKeys(baseOf(draft, history), dataOf(versions.at(-1)));
}

/** The same edit made to the state as it is now: own changes stay, what others changed meanwhile is taken over. */
export function rebase(draft: Draft, history: CallHistory): Draft {
  const checked = checkJson(draft.text);
  const current = history.session.versions.at(-1);
  if (!checked.ok || !current) return draft;
  const base = baseOf(draft, history);
  const { data, keysToDelete } = smallestUpdate(base, checked.value as SessionData);
  const rebased: Record<string, unknown> = { ...dataOf(current), ...data };
  for (const key of keysToDelete) delete rebased[key];
  return { ...draft, text: JSON.stringify(rebased, undefined, 2), baseSeq: current.seq };
}
