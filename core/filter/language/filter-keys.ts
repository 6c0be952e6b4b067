import type { Path } from "../../lib/paths";
import { STATUS_WORDS } from "../../session/row-status";

/** Places in the text of a filter, in UTF-16 units; `to` is the first after it. */
type Place = { readonly from: number; readonly to: number };

/** Something in the text that is not right. `isGuessed`: it was taken for what it probably means; else it is ignored. */
export type FilterProblem = Place & { readonly message: string; readonly isGuessed?: true };

export type Comparator = "=" | "!=" | ">" | ">=" | "<" | "<=";

/** A number to compare with, or two that are the ends of a range and part of it. */
export type Comparison =
  | { readonly comparator: Comparator; readonly value: number }
  | { readonly comparator: ".."; readonly value: number; readonly end: number };

/** A point of time, as far as it can be said without a log. */
export type Moment =
  | { readonly kind: "join" | "leave" }
  /** Before the end of the log, or after the start of the call; in ms. */
  | { readonly kind: "ago" | "after-start"; readonly ms: number }
  /** Time of day, in ms since midnight. */
  | { readonly kind: "clock"; readonly ms: number };

/** A place in a payload, with what must be there. `[*]` in a path is a step of "*". */
export type PathTest = {
  readonly path: Path;
  /** Undefined when it is enough that the place is there. */
  readonly comparison:
    | {
        readonly comparator: Comparator;
        readonly value: string;
        /** In quotes: only a string, and exactly this one. */
        readonly isQuoted: boolean;
      }
    | undefined;
};

/** What is asked for. Several values mean that one of them is enough. */
export type Condition =
  | { readonly key: "text"; readonly text: string }
  | { readonly key: "regex"; readonly source: string; readonly flags: string }
  | { readonly key: ListKey; readonly values: readonly string[] }
  | { readonly key: NumberKey; readonly values: readonly Comparison[] }
  | { readonly key: MomentKey; readonly values: readonly Moment[] }
  | { readonly key: "delivered"; readonly values: readonly DeliveredTest[] }
  | { readonly key: "path"; readonly values: readonly PathTest[] };

/** One part of a filter. All of them must hold. */
export type Term = Place & { readonly isNegated: boolean; readonly condition: Condition };

export type ParsedFilter = {
  readonly terms: readonly Term[];
  readonly problems: readonly FilterProblem[];
};

/** Keys whose values are words; `choices` are all that there are, where that is known. */
const LIST_KEYS = {
  channel: {
    means: "kind of row: app, user, session, people, call",
    example: "channel:app,session",
    choices: ["app", "user", "session", "people", "call"],
  },
  dir: {
    means: "sent by this page (out) or received (in)",
    example: "dir:out",
    choices: ["in", "out"],
  },
  from: { means: "sender: a part of the name, or a session id", example: 'from:"Ada"' },
  to: {
    means: "recipient: a part of the name, a session id, * for everyone",
    example: "to:*",
  },
  with: { means: "sender or recipient", example: "with:Ada" },
  seat: {
    means:
      "events of another page of the room, by who sits there: a part of the name, or a session id; * for all",
    example: "seat:Bob",
  },
  type: { means: "type of an app message; * stands for anything", example: "type:chat*" },
  name: {
    means: "method or event, as Daily names it; * stands for anything",
    example: "name:participant-*",
  },
  status: {
    means: "what became of it, or ok, waiting, warning, error",
    example: "status:refused,replaced",
    choices: STATUS_WORDS,
  },
  has: {
    means:
      "has a stack, an error, a payload problem, a listener that threw, deleted keys, values that JSON lost",
    example: "has:stack",
    choices: ["stack", "error", "problem", "handler-error", "deletions", "losses"],
  },
  by: {
    means: "called by the page, from this panel, or by a coding agent",
    example: "by:panel",
    choices: ["page", "panel", "agent"],
  },
} as const satisfies Record<string, KeyInfo>;

const NUMBER_KEYS = {
  size: { means: "characters of the payload; 1k is 1,024", example: "size:>2k", unit: "size" },
  bytes: { means: "UTF-8 bytes of the payload", example: "bytes:1k..4k", unit: "size" },
  late: {
    means: "time from a write to its confirmation; 500ms means at least",
    example: "late:>500ms",
    unit: "duration",
  },
  handler: {
    means: "time that the page’s listeners took",
    example: "handler:>16ms",
    unit: "duration",
  },
  listeners: { means: "number of the page’s listeners", example: "listeners:0", unit: "count" },
  seq: { means: "number of the event", example: "seq:10..20", unit: "count" },
} as const satisfies Record<string, KeyInfo & { unit: "size" | "duration" | "count" }>;

const MOMENT_KEYS = {
  since: {
    means: "from then on: join, leave, 5m (before now), 12:30:05, +3s (into the call)",
    example: "since:join",
    choices: ["join", "leave"],
  },
  until: { means: "up to then, the same way", example: "until:+10s", choices: ["join", "leave"] },
} as const satisfies Record<string, KeyInfo>;

const PATH_KEYS = {
  path: {
    means: "a place in the payload is there, or compares; [*] is any item",
    example: "path:poll.votes>2",
  },
} as const satisfies Record<string, KeyInfo>;

/** What became of a message at the other ends in view, in words. */
export const DELIVERED_WORDS = [
  "all",
  "some",
  "none",
  "waiting",
  "lost",
  "doubled",
  "overtaken",
  "unknown",
] as const;
type DeliveredWord = (typeof DELIVERED_WORDS)[number];
export type DeliveredTest = Comparison | DeliveredWord;

const DELIVERED_KEYS = {
  delivered: {
    means:
      "received by all, some or none of the other ends in view; waiting, lost, doubled, overtaken or unknown at any of them; or how long the slowest took",
    example: "delivered:<100ms",
    choices: DELIVERED_WORDS,
  },
} as const satisfies Record<string, KeyInfo>;

type KeyInfo = {
  readonly means: string;
  readonly example: string;
  readonly choices?: readonly string[];
};

export type ListKey = keyof typeof LIST_KEYS;
export type NumberKey = keyof typeof NUMBER_KEYS;
export type MomentKey = keyof typeof MOMENT_KEYS;
export type FilterKey = ListKey | NumberKey | MomentKey | "path" | "delivered";

/** Every key with what it means, in the order in which they are offered. */
export const FILTER_KEYS: Readonly<Record<FilterKey, KeyInfo>> = {
  ...LIST_KEYS,
  ...NUMBER_KEYS,
  ...MOMENT_KEYS,
  ...DELIVERED_KEYS,
  ...PATH_KEYS,
};

export const FILTER_KEY_NAMES = Object.keys(FILTER_KEYS) as readonly FilterKey[];

const ALIASES: Readonly<Partial<Record<string, FilterKey>>> = { direction: "dir", event: "name" };

/** What channels are called in Daily's words, for those who type them so. */
const CHOICE_ALIASES: Readonly<Partial<Record<string, string>>> = {
  "channel:app-message": "app",
  "channel:user-data": "user",
  "channel:session-data": "session",
};

/** The key that someone typed, whatever its case; undefined when it is none. */
export function filterKey(typed: string): FilterKey | undefined {
  const name = typed.toLowerCase();
  if (Object.hasOwn(FILTER_KEYS, name)) return name as FilterKey;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
}

/** A value of a key as it is compared: one of its choices, if it has any; undefined when it is none of them. */
export function filterChoice(key: ListKey, typed: string): string | undefined {
  const { choices } = FILTER_KEYS[key];
  if (!choices) return typed;
  const value = typed.toLowerCase();
  return choices.includes(value) ? value : CHOICE_ALIASES[`${key}:${value}`];
}

export const isListKey = (key: FilterKey): key is ListKey => Object.hasOwn(LIST_KEYS, key);
export const isMomentKey = (key: FilterKey): key is MomentKey => Object.hasOwn(MOMENT_KEYS, key);
export const unitOf = (key: NumberKey): "size" | "duration" | "count" => NUMBER_KEYS[key].unit;
