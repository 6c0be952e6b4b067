import type { CommandAction } from "../../extension/protocol/command";
import { checkJson } from "../../core/lib/json";
import {
  differences,
  type Path,
  pathText,
  valueAt,
  withoutValueAt,
  withValueAt,
} from "../../core/lib/paths";
import { sessionCommand } from "../../core/daily/command";
import { isSessionData, type SessionUpdate, smallestUpdate } from "../../core/daily/merge";
import { placeSince, type Sides } from "../../core/daily/three-way";
import type { EditKind } from "../ui/json-tree";

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
  /** All of the state that the edit was started on. */
  readonly base: unknown;
  /** Whether it was entered: what it will send is shown, and waits for a word. */
  readonly isProposed: boolean;
};

export type Proposal =
  | {
      readonly ok: true;
      readonly action: CommandAction;
      /** All of the state after it, as far as the edit knows. */
      readonly after: unknown;
      /** What it does to session data; user data is replaced. */
      readonly update?: SessionUpdate;
    }
  | { readonly ok: false; readonly field: "key" | "value"; readonly reason: string };

/**
 * An edit of a place in the state that is shown. It is made to the state as it will be once what waits went out; where
 * the place will be gone by then, to the one that is shown, so that `newsFor` tells.
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

/** Whether something was typed into an edit that would be lost with it. */
export function hasTyped(edit: ValueEdit): boolean {
  return edit.kind !== "remove" && (edit.key !== "" || edit.text !== firstText(edit));
}

/** What an edit will send: of session data the smallest shallow-merge, of user data all of it; or why it cannot yet. */
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
    return { ok: true, action: { kind: "set-user-data", json }, after };
  }
  if (!isSessionData(after))
    return { ok: false, field: "value", reason: "Session data must be an object: { … }." };
  const update = smallestUpdate(isSessionData(base) ? base : {}, after);
  return { ok: true, action: sessionCommand(update), after, update };
}

/** What happened to the state since an edit was started. */
export type EditNews = {
  /** Places that differ, as in code. */
  readonly changed: readonly string[];
  /** What that means for the edit, see `placeSince`. `gone`: there is no such place any more. */
  readonly how: ReturnType<typeof placeSince> | "gone";
};

/** How the state has changed under an edit; undefined when it has not. */
export function newsFor(edit: ValueEdit, current: unknown): EditNews | undefined {
  const { base, subject } = edit;
  const changed = differences(base, current);
  if (changed.length === 0) return undefined;
  const path = pathOf(edit);
  // A shallow merge sends a top-level key, user data is sent as one.
  const written = subject === "session-data" ? path.slice(0, 1) : [];
  // An item is added to a list wherever its end is by then.
  const isListToAddTo = edit.kind === "add" && Array.isArray(valueAt(current, edit.path));
  const how = placeSince({ base, theirs: current }, path, written);
  return {
    changed: changed.map(({ path: place }) => place || "(whole value)"),
    how: !isPlace(edit, current) ? "gone" : how === "same" && isListToAddTo ? "around" : how,
  };
}

/** The place that an edit writes: of a key to add, its own. */
const pathOf = ({ kind, path, key }: ValueEdit): Path =>
  kind === "add" && key !== "" ? [...path, key] : path;

/** What is chosen between where both changed the very value: as typed, and as it is; `undefined` where it is gone. */
export function sidesOf(edit: ValueEdit, current: unknown): Sides | undefined {
  const { kind, key, text } = edit;
  // Without its name there is no place to look at yet.
  if (kind === "add" && key === "") return undefined;
  const typed = checkJson(text);
  return {
    mine: kind === "remove" ? undefined : typed.ok ? typed.value : text,
    theirs: valueAt(current, pathOf(edit)),
  };
}

/** Whether an edit can still be made to a state. */
function isPlace({ kind, path }: ValueEdit, state: unknown): boolean {
  const container = valueAt(state, kind === "add" ? path : path.slice(0, -1));
  if (path.length === 0 && kind !== "add") return true;
  if (typeof container !== "object" || container === null) return false;
  return kind === "add" || Object.hasOwn(container, path.at(-1) as string | number);
}

/** The same edit, made to the state as it is now: what others changed beside it stays theirs. */
export function rebaseEdit(edit: ValueEdit, current: unknown): ValueEdit {
  return { ...edit, base: current };
}

/** The place of an edit as in code: `poll.votes[2]`. */
export const placeOf = (edit: ValueEdit): string => pathText(pathOf(edit));
