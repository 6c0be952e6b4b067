import safeRegex from "safe-regex2";

import { didYouMean } from "../../lib/near-match";
import { isUnclosed, type Item, type Piece, splitFilter, unquote } from "./split-filter";

import {
  type Comparator,
  type Comparison,
  type Condition,
  DELIVERED_WORDS,
  type DeliveredTest,
  FILTER_KEY_NAMES,
  FILTER_KEYS,
  filterChoice,
  type FilterKey,
  filterKey,
  type FilterProblem,
  isListKey,
  isMomentKey,
  type ListKey,
  type Moment,
  type ParsedFilter,
  type PathTest,
  type Term,
  unitOf,
} from "./filter-keys";
import { readPathTest } from "./path-test";

const OR = "is a word to look for. Values of one key are joined by commas: type:chat,poll.";
const AND = "is a word to look for. Terms beside each other must all be true.";
const JOINING = new Map([
  ["OR", OR],
  ["||", OR],
  ["|", OR],
  ["AND", AND],
  ["&&", AND],
  ["&", AND],
]);

/**
 * Why a word that is looked for like any other was probably meant as something else, as another language has it:
 * `OR`, `type=chat`, `(type:chat`. Undefined for other words.
 */
export function doubtAbout(word: string): string | undefined {
  const joining = JOINING.get(word);
  if (joining) return `${word} ${joining}`;
  const [, opening, typed = "", sign, rest = ""] =
    /^([([{]?)-?([a-z]+)(:|=|[<>]=?)(.+)$/is.exec(word) ?? [];
  const key = filterKey(typed);
  if (!key) return undefined;
  if (opening) return "The bracket is looked for, too. Terms beside each other must all be true.";
  const comparator = sign === "=" || sign === ":" ? "" : sign;
  return `A key takes a colon: ${key}:${comparator}${rest}. To search for text, use quotes.`;
}

type Unit = "size" | "duration" | "count";

const UNITS: Readonly<Record<Unit, Readonly<Partial<Record<string, number>>>>> = {
  // Daily's limits are powers of two: 4k is the 4,096 of an app message.
  size: { "": 1, k: 1_024, kb: 1_024, m: 1_048_576, mb: 1_048_576 },
  duration: { "": 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
  count: { "": 1 },
};

/** What a value of each unit looks like, for those who mistyped one. */
const EXAMPLES: Readonly<Record<Unit, string>> = {
  size: "2048, >2k or 1k..4k",
  duration: "500ms, >2s or 1s..5s",
  count: "3, >2 or 10..20",
};

/** A number with its unit, in characters, milliseconds or one; undefined when it is none. */
function readQuantity(text: string, unit: Unit): number | undefined {
  const [, number, suffix = ""] = /^(\d{1,16}(?:\.\d{1,6})?)([a-z]{0,2})$/i.exec(text) ?? [];
  const factor = UNITS[unit][suffix.toLowerCase()];
  if (number === undefined || factor === undefined) return undefined;
  const quantity = Math.round(Number(number) * factor * 1e6) / 1e6;
  return quantity <= Number.MAX_SAFE_INTEGER ? quantity : undefined;
}

/** `>2k`, `<=500ms`, `10..20`, `3`, `..4k`; undefined when it isn't one. */
function readComparison(text: string, unit: Unit): Comparison | undefined {
  const range = /^(.*?)\.\.(.*)$/.exec(text);
  if (range) return readRange(range[1] ?? "", range[2] ?? "", unit);
  const [, comparator, rest = ""] = /^(>=|<=|>|<|=)?(.*)$/s.exec(text) ?? [];
  const value = readQuantity(rest, unit);
  if (value === undefined) return undefined;
  // No write takes exactly 500 ms.
  const bare = unit === "duration" ? ">=" : "=";
  return { comparator: (comparator as Comparator | undefined) ?? bare, value };
}

function readRange(start: string, end: string, unit: Unit): Comparison | undefined {
  const low = start === "" ? 0 : readQuantity(start, unit);
  const high = readQuantity(end, unit);
  if (low === undefined) return undefined;
  if (end === "") return start === "" ? undefined : { comparator: ">=", value: low };
  return high === undefined ? undefined : { comparator: "..", value: low, end: high };
}

/** Whether a number passes. */
export function compares(number: number, comparison: Comparison): boolean {
  const { value } = comparison;
  switch (comparison.comparator) {
    case "=":
      return number === value;
    case "!=":
      return number !== value;
    case ">":
      return number > value;
    case ">=":
      return number >= value;
    case "<":
      return number < value;
    case "<=":
      return number <= value;
    case "..":
      return number >= value && number <= comparison.end;
  }
}

/** `join`, `leave`, `5m`, `+3s`, `12:30:05`; undefined when it isn't one. */
function readMoment(text: string): Moment | undefined {
  const word = text.toLowerCase();
  if (word === "join" || word === "leave") return { kind: word };
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d{1,3})?))?$/.exec(text);
  if (clock) {
    const [, hours, minutes, seconds = "0"] = clock.map((part) => part ?? "0");
    const ms = (Number(hours) * 60 + Number(minutes)) * 60_000 + Math.round(Number(seconds) * 1000);
    return { kind: "clock", ms };
  }
  const isAfter = text.startsWith("+");
  const quantity = isAfter ? text.slice(1) : text;
  // A number alone could be anything.
  const ms = /[a-z]$/i.test(quantity) ? readQuantity(quantity, "duration") : undefined;
  return ms === undefined ? undefined : { kind: isAfter ? "after-start" : "ago", ms };
}

/**
 * Reads a filter. Never throws: what is not understood becomes a problem with its place, and the rest still holds.
 */
export function parseFilter(text: string): ParsedFilter {
  const terms: Term[] = [];
  const problems: FilterProblem[] = [];
  for (const piece of splitFilter(text)) {
    const { from, to, isNegated } = piece;
    const condition = conditionOf(piece, problems);
    if (condition) terms.push({ from, to, isNegated, condition });
  }
  return { terms, problems };
}

type Problems = FilterProblem[];

function conditionOf(piece: Piece, problems: Problems): Condition | undefined {
  switch (piece.kind) {
    case "text": {
      const { text, isOpen, isNegated, from, to } = piece;
      if (isOpen)
        problems.push({ from, to, message: `${UNCLOSED} It reaches to the end.`, isGuessed: true });
      const isQuoted = to - from > text.length + (isNegated ? 1 : 0);
      const broken = isQuoted ? undefined : brokenRegex(text);
      if (broken) {
        problems.push({ from, to, message: broken });
        return undefined;
      }
      const doubt = isQuoted ? undefined : doubtAbout(text);
      if (doubt) problems.push({ from, to, message: doubt, isGuessed: true });
      return text === "" ? undefined : { key: "text", text };
    }
    case "open-regex": {
      const { from, to } = piece;
      problems.push({ from, to, message: OPEN_REGEX });
      return undefined;
    }
    case "regex":
      return regexOf(piece, problems);
    case "key":
      return keyOf(piece, problems);
  }
}

const UNCLOSED = "The quote is not closed.";
const OPEN_REGEX =
  "A regular expression ends with a slash, too. To search for it as text, use quotes.";

function regexOf(
  { source, flags, from, to }: Piece & { kind: "regex" },
  problems: Problems,
): Condition | undefined {
  // Where the last match ended must not matter, and indices are of no use.
  const used = flags.replace(/[dgy]/g, "");
  try {
    const regex = new RegExp(source, used);
    if (safeRegex(regex)) return { key: "regex", source, flags: used };
    const message =
      "This could take forever on some texts: it repeats something that repeats. Make it simpler.";
    problems.push({ from, to, message });
  } catch (error) {
    problems.push({ from, to, message: error instanceof Error ? error.message : "Not valid." });
  }
  return undefined;
}

/** What is wrong with a word between slashes, if it can't be read as a regular expression: `/[/`. */
function brokenRegex(word: string): string | undefined {
  const [, source] = /^\/(.+)\/$/s.exec(word) ?? [];
  if (source === undefined) return undefined;
  try {
    RegExp(source);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function keyOf(piece: Piece & { kind: "key" }, problems: Problems): Condition | undefined {
  const { from, to, items, isNegated } = piece;
  const key = filterKey(piece.key);
  if (!key) {
    const start = from + (isNegated ? 1 : 0);
    const near = didYouMean(piece.key, FILTER_KEY_NAMES);
    const message = `Unknown filter “${piece.key}”.${near || " To search for text, use quotes."}`;
    problems.push({ from: start, to: start + piece.key.length, message });
    return undefined;
  }
  const [only] = items;
  if (items.length === 1 && only && unquote(only.raw) === "") {
    problems.push({
      from,
      to,
      message: `${key} needs a value, as in ${FILTER_KEYS[key].example}.`,
    });
    return undefined;
  }
  return withValues(key, items, problems);
}

/** The values that are understood; undefined when there are none. */
function withValues(
  key: FilterKey,
  items: readonly Item[],
  problems: Problems,
): Condition | undefined {
  function read<T>(readOne: (raw: string) => T | undefined, expected: (raw: string) => string) {
    const values: T[] = [];
    for (const { from, to, raw } of items) {
      const value = isUnclosed(raw) || raw === "" ? undefined : readOne(raw);
      if (value !== undefined) values.push(value);
      else if (raw !== "") problems.push({ from, to, message: wrong(raw, expected) });
      // Where there is nothing, the comma or colon before it is marked.
      else problems.push({ from: from - 1, to, message: wrong(raw, expected), isGuessed: true });
    }
    return values.length > 0 ? values : undefined;
  }

  if (isListKey(key)) {
    const values = read(
      (raw) => (REGEX_VALUE.test(raw) ? undefined : listValue(key, unquote(raw))),
      (raw) => (REGEX_VALUE.test(raw) ? REGEX_ALONE : notAChoice(key, unquote(raw))),
    );
    return values && { key, values };
  }
  if (isMomentKey(key)) {
    const values = read(
      (raw) => readMoment(unquote(raw)),
      (raw) => `“${raw}” isn’t a time. Try join, leave, 5m, 12:30:05 or +3s.`,
    );
    return values && { key, values };
  }
  if (key === "delivered") {
    const values = read(
      (raw) => readDelivered(unquote(raw)),
      (raw) =>
        `Unknown delivered “${raw}”.${didYouMean(raw, DELIVERED_WORDS) || " Try all, none, lost or <100ms."}`,
    );
    return values && { key, values };
  }
  if (key === "path") {
    const values = read(
      (raw) => asTest(readPathTest(raw)),
      (raw) => asMessage(readPathTest(raw)),
    );
    return values && { key, values };
  }
  const unit = unitOf(key);
  const values = read(
    (raw) => readComparison(unquote(raw), unit),
    (raw) => `“${raw}” isn’t a ${unit}. Try ${EXAMPLES[unit]}.`,
  );
  return values && { key, values };
}

/** `none`, `<100ms`; undefined when it isn't one. */
function readDelivered(text: string): DeliveredTest | undefined {
  const word = DELIVERED_WORDS.find((each) => each === text.toLowerCase());
  return word ?? readComparison(text, "duration");
}

const REGEX_VALUE = /^\/.+\/[a-z]*$/;
const REGEX_ALONE =
  "A regular expression stands alone, without a key. To use it as a plain value, add quotes.";

const asTest = (read: PathTest | string) => (typeof read === "string" ? undefined : read);
const asMessage = (read: PathTest | string) => (typeof read === "string" ? read : "");

function wrong(raw: string, expected: (raw: string) => string): string {
  if (raw === "") return "There is nothing between the commas.";
  return isUnclosed(raw) ? UNCLOSED : expected(raw);
}

function listValue(key: ListKey, value: string): string | undefined {
  if (value === "" || (key === "from" && value === "*")) return undefined;
  return filterChoice(key, value);
}

function notAChoice(key: ListKey, value: string): string {
  if (value === "") return "There is nothing between the quotes.";
  const { choices } = FILTER_KEYS[key];
  if (!choices) return "No one sends as everyone: use * with to.";
  const near = didYouMean(value, choices);
  const all = choices.length <= 6 ? ` It is one of ${choices.join(", ")}.` : "";
  return `Unknown ${key} “${value}”.${near || all}`;
}
