import type { CallState } from "../../core/session/call-state";
import { viewOf } from "../../core/session/event-view";
import type { RowGroup } from "../session/table-rows";

type Joined = { count: number; text: string | undefined };

const known = new WeakMap<RowGroup, Joined>();

/** So many pieces are joined at once at most: of a group that is long already, the latest. */
const MAX_PIECES = 500;
/** Longer than any column; of a longer text the end is shown, where it grows. */
const MAX_CHARS = 200;

/** What the pieces of a stream say together so far; undefined for a group that is none. Each piece is read once. */
export function streamTextOf(group: RowGroup, call: CallState | undefined): string | undefined {
  const { entries } = group;
  const joined = known.get(group) ?? { count: 0, text: "" };
  known.set(group, joined);
  if (joined.count < entries.length - MAX_PIECES) {
    joined.count = entries.length - MAX_PIECES;
    joined.text &&= "…";
  }
  for (; joined.count < entries.length && joined.text !== undefined; joined.count++) {
    const entry = entries[joined.count];
    const stream = entry && viewOf(entry, call).decoded?.stream;
    joined.text = stream && next(joined.text, stream);
  }
  return joined.text;
}

function next(
  before: string,
  { join, text }: { readonly join: "append" | "words" | "replace"; readonly text: string },
): string {
  const gap = join === "words" && before !== "" && !/\s$/.test(before) && !/^\s/.test(text);
  const all = join === "replace" ? text : `${before}${gap ? " " : ""}${text}`;
  return all.length > MAX_CHARS ? `…${all.slice(1 - MAX_CHARS)}` : all;
}
