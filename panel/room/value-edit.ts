import type { CommandAction } from "../../extension/protocol/command";
import { checkJson } from "../../core/lib/check-json";
import { differences, pathText } from "../../core/lib/diff";
import { type SessionData, smallestUpdate } from "../../core/daily/merge";
import { type Path, valueAt, withoutValueAt, withValueAt } from "../../core/lib/value-at";
import type { Sides } from "../../core/daily/merge";

import type { EditKind } from "../ui/state-tree-row";

/** Longer values are not edited in one line: the Send tab has an editor. In characters of JSON. */
export const MAX_VALUE_TEXT = 10_000;

/** What of the room one can edit: the session data, and one's own user data. */
export type EditSubject = "session-data" | "user-data";

/** An edit of one value in the tree of a state, while it is being typed. Nothing of it is sent by itself. */
export type ValueEdit = {
  readonly callId: string;
  readonly subject: EditSubject;
  readonly kind: EditKind;
  /** The value's place; for `add` the place of the object or array that gets it. */
  readonly path: Path;
  /** The name of a key to add. An array needs none: it gets the value as its last item. */
  readonly key: string;
  /** The JSON text of the value, as typed so far. */
  readonly text: string;
  /** The whole state that the edit was begun on. */
  readonly base: unknown;
  /** Whether it was entered: what it will send is shown, and waits for a word. */
  readonly isProposed: boolean;
};

export type Proposal =
  | {
      readonly ok: true;
      readonly action: CommandAction;
      /** The whole state after it, as far as the edit knows. */
      readonly after: unknown;
      /** Top-level keys of session data that it sets or deletes. */
      readonly keys: readonly string[];
    }
  | { readonly ok: false; readonly field: "key" | "value"; readonly reason: string };

/**
 * An edit of a place in the state that is shown. It is made to the state as it will be once what waits went out; where
 * the place will be gone by then, to the one that is shown, so that `meanwhile` tells.
 */
export function beginEdit(
  subject: Pick<ValueEdit, "callId" | "subject" | "kind" | "path">,
  shown: unknown,
  ahead: unknown,
): ValueEdit {
  const isProposed = subject.kind === "remove";
  const edit: ValueEdit = { ...subject, key: "", text: "", base: ahead, isProposed };
  const begun = isPlace(edit, ahead) ? edit : { ...edit, base: shown };
  return { ...begun, text: firstText(begun) };
}

/** An edit that sets one's user data to what it was; a version without any is put back by a clear. */
export function putBackEdit(callId: string, json: string | undefined, base: unknown): ValueEdit {
  const kind = json === undefined ? "remove" : "change";
  const place = { callId, subject: "user-data", kind, path: [], key: "" } as const;
  return { ...place, text: json ?? "", base, isProposed: true };
}

/** What stands in the field of an edit before anything is typed. */
function firstText({ kind, base, path }: ValueEdit): string {
  const value = valueAt(base, path);
  return kind === "change" && value !== undefined ? JSON.stringify(value) : "";
}

/** Whether somebody typed something into an edit that would be lost with it. */
export function hasTyped(edit: ValueEdit): boolean {
  return edit.kind !== "remove" && (edit.key !== "" || edit.text !== firstText(edit));
}

/** What an edit will send: of session data the smallest shallow-merge, of user data the whole; or why it cannot yet. */
export function proposalOf(edit: ValueEdit): Proposal {
  const { base, kind, path } = edit;
  const refuse = (field: "key" | "value", reason: string): Proposal => ({
    ok: false,
    field,
    reason,
  });
  if (kind === "remove") return proposal(edit, withoutValueAt(base, path));
  const checked = checkJson(edit.text);
  if (!checked.ok) return refuse("value", checked.problems[0]?.message ?? "Not JSON.");
  const { value } = checked;
  if (kind === "add") {
    const container = valueAt(base, path);
    const step = Array.isArray(container) ? container.length : edit.key;
    if (typeof container !== "object" || container === null)
      return refuse("value", "There is no object or array at this place any more.");
    if (step === "") return refuse("key", "Type the name of the key.");
    if (Object.hasOwn(container, step)) return refuse("key", "This key is there already.");
    return proposal(edit, withValueAt(base, [...path, step], value));
  }
  const after = withValueAt(base, path, value);
  if (differences(base, after).length === 0) return refuse("value", "It is this value already.");
  return proposal(edit, after);
}

function proposal({ subject, base }: ValueEdit, after: unknown): Proposal {
  if (subject === "user-data") {
    const json = after === undefined ? null : JSON.stringify(after);
    return { ok: true, action: { kind: "set-user-data", json }, after, keys: [] };
  }
  if (typeof after !== "object" || after === null || Array.isArray(after))
    return { ok: false, field: "value", reason: "Session data must be an object: { … }." };
  const { strategy, data, keysToDelete } = smallestUpdate(
    base as SessionData,
    after as SessionData,
  );
  const json = JSON.stringify(data);
  return {
    ok: true,
    action: { kind: "set-meeting-session-data", json, mergeStrategy: strategy, keysToDelete },
    after,
    keys: [...Object.keys(data), ...keysToDelete],
  };
}

/** What happened to the state since an edit was begun. */
export type Meanwhile = {
  /** Places that differ, as in code. */
  readonly changed: readonly string[];
  /**
   * `beside`: a shallow merge leaves what they changed alone. `around`: sent as it is, the edit would undo it; a rebase
   * keeps both. `same`: they changed the very value. `gone`: there is no such place any more.
   */
  readonly how: "beside" | "around" | "same" | "gone";
};

/** How the state has changed under an edit; undefined when it has not. */
export function meanwhile(edit: ValueEdit, current: unknown): Meanwhile | undefined {
  const { base, subject, kind } = edit;
  // The place that is written: of a key to add, its own.
  const path = kind === "add" && edit.key !== "" ? [...edit.path, edit.key] : edit.path;
  const changed = differences(base, current);
  if (changed.length === 0) return undefined;
  const topLevel = (state: unknown) => valueAt(state, path.slice(0, 1));
  const isSame = (a: unknown, b: unknown) => differences(a, b).length === 0;
  return {
    changed: changed.map(({ path: place }) => place || "(whole value)"),
    how: !isPlace(edit, current)
      ? "gone"
      : !isSame(valueAt(base, path), valueAt(current, path)) && !isListToAddTo(edit, current)
        ? "same"
        : subject === "session-data" && isSame(topLevel(base), topLevel(current))
          ? "beside"
          : "around",
  };
}

/** What is chosen between where both changed the very value: as typed, and as it is; `undefined` where it is gone. */
export function sidesOf(edit: ValueEdit, current: unknown): Sides | undefined {
  const { kind, path, key, text } = edit;
  // Without its name there is no place to look at yet.
  if (kind === "add" && key === "") return undefined;
  const typed = checkJson(text);
  return {
    mine: kind === "remove" ? undefined : typed.ok ? typed.value : text,
    theirs: valueAt(current, kind === "add" ? [...path, key] : path),
  };
}

/** Whether an edit can still be made to a state. */
function isPlace({ kind, path }: ValueEdit, state: unknown): boolean {
  const container = valueAt(state, kind === "add" ? path : path.slice(0, -1));
  if (path.length === 0 && kind !== "add") return true;
  if (typeof container !== "object" || container === null) return false;
  return kind === "add" || Object.hasOwn(container, path.at(-1) as string | number);
}

/** An item is added to a list wherever its end is by then. */
function isListToAddTo({ kind, path }: ValueEdit, state: unknown): boolean {
  return kind === "add" && Array.isArray(valueAt(state, path));
}

/** The same edit, made to the state as it is now: what others changed beside it stays theirs. */
export function rebaseEdit(edit: ValueEdit, current: unknown): ValueEdit {
  return { ...edit, base: current };
}

/** The place of an edit as in code: `poll.votes[2]`. */
export function placeOf({ kind, path, key }: ValueEdit): string {
  return pathText(kind === "add" && key !== "" ? [...path, key] : path);
}
