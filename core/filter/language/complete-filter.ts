import {
  FILTER_KEY_NAMES,
  FILTER_KEYS,
  type FilterKey,
  filterKey,
  isListKey,
  isMomentKey,
} from "./filter-keys";
import { leafPaths, printPath } from "../../lib/paths";
import { withoutIsolates } from "../../lib/texts";
import { listSeats } from "../../session/seats";
import type { Entry, SessionLog } from "../../session/session-log";
import { type EventView, viewOf } from "../../session/event-view";
import { type Piece, quote, splitFilter, unquote } from "./split-filter";

/** So far back from the end of the log, and no more values than this. Larger payloads are not read for their paths. */
const MAX_ENTRIES = 1_000;
const MAX_VALUES = 200;
const MAX_CHARS = 10_000;

/** Values of a key of the filter language that occur in the log, the latest first. */
export function seenValues(log: SessionLog, key: FilterKey): string[] {
  const values = new Set<string>();
  if (key === "seat") return listSeats(log).map(({ name }) => withoutIsolates(name));
  if (key === "from" || key === "to" || key === "with") {
    for (const { history } of log.calls.values()) {
      for (const { participant } of history.people.people.values())
        if (participant.user_name && values.size < MAX_VALUES) values.add(participant.user_name);
    }
    return [...values];
  }
  const last = Math.max(0, log.entries.length - MAX_ENTRIES);
  for (let at = log.entries.length - 1; at >= last && values.size < MAX_VALUES; at--) {
    const entry = log.entries[at] as Entry;
    for (const value of valuesOf(viewOf(entry, log.calls.get(entry.event.callId)), key))
      values.add(value);
  }
  return [...values].slice(0, MAX_VALUES);
}

function valuesOf(view: EventView, key: FilterKey): readonly string[] {
  const { channel, dailyName, payload } = view;
  if (!channel) return [];
  if (key === "name") return [dailyName];
  if (!payload || payload.json.length > MAX_CHARS) return [];
  if (key === "type") return view.type ? [view.type.label] : [];
  if (key !== "path") return [];
  return leafPaths(view.type?.inner ?? view.value)
    .slice(0, MAX_VALUES)
    .filter((path) => path.length > 0)
    .map((path) => printPath(path))
    .filter((path) => path.length <= 80);
}

/** Something that may be meant, and the part of the text that it takes the place of. */
export type Completion = {
  readonly label: string;
  /** What it means; empty when it speaks for itself. */
  readonly detail: string;
  readonly kind: "key" | "value" | "saved";
  readonly from: number;
  readonly to: number;
  readonly insert: string;
};

type Known = {
  /** Values of a key that occur in the log. */
  readonly seen: (key: FilterKey) => readonly string[];
  readonly saved: readonly { readonly name: string; readonly text: string }[];
};

const MAX_COMPLETIONS = 50;

/** What may follow at a place of the text, best first. */
export function completeFilter(text: string, cursor: number, known: Known): Completion[] {
  const piece = splitFilter(text).find(({ from, to }) => from < cursor && cursor <= to);
  if (piece?.kind === "key") return completeValue(text, cursor, piece, known);
  if (piece?.kind === "regex" || (piece && text.slice(piece.from, cursor).includes('"'))) return [];
  const from = piece ? piece.from + (piece.isNegated ? 1 : 0) : cursor;
  const typed = text.slice(from, cursor).replace(/^-$/, "").toLowerCase();
  const to = piece?.to ?? cursor;
  const keys = FILTER_KEY_NAMES.filter((key) => key.startsWith(typed)).map((key) => ({
    label: `${key}:`,
    detail: FILTER_KEYS[key].means,
    kind: "key" as const,
    from: typed === "" ? cursor : from,
    to,
    insert: `${key}:`,
  }));
  const saved = known.saved
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .map((each) => ({
      label: each.name,
      detail: each.text,
      kind: "saved" as const,
      // A saved filter is a whole one.
      from: 0,
      to: text.length,
      insert: each.text,
    }));
  return (typed === "" ? [...saved, ...keys] : [...keys, ...saved]).slice(0, MAX_COMPLETIONS);
}

function completeValue(
  text: string,
  cursor: number,
  piece: Piece & { kind: "key" },
  { seen }: Known,
): Completion[] {
  const key = filterKey(piece.key);
  const item = piece.items.find(({ from, to }) => from <= cursor && cursor <= to);
  if (!key || !item) return [];
  const typed = unquote(text.slice(item.from, cursor)).toLowerCase();
  const all = [...new Set([...fixedValues(key), ...seen(key)])];
  const starting = all.filter((value) => value.toLowerCase().startsWith(typed));
  const holding = all.filter((value) => value.toLowerCase().indexOf(typed) > 0);
  const values = [...starting, ...holding].map((value) => ({
    label: value,
    detail: "",
    kind: "value" as const,
    from: item.from,
    to: item.to,
    insert: key !== "path" && /[\s,"]/.test(value) ? quote(value) : value,
  }));
  const isDone = values.length === 1 && values[0]?.insert === item.raw;
  return isDone ? [] : values.slice(0, MAX_COMPLETIONS);
}

/** Values that need no log: choices, and for numbers and times what they may look like. */
function fixedValues(key: FilterKey): readonly string[] {
  const { choices = [], example } = FILTER_KEYS[key];
  if (isMomentKey(key)) return [...choices, "5m", "+3s"];
  if (key === "to" || key === "with" || key === "seat") return ["*"];
  if (key === "delivered") return [...choices, "<100ms"];
  if (isListKey(key)) return choices;
  return key === "path" ? [] : [example.slice(key.length + 1)];
}
