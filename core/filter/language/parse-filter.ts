import safeRegex from "safe-regex2";

import {
  FILTER_KEYS,
  FILTER_KEY_NAMES,
  type FilterKey,
  filterChoice,
  filterKey,
  isListKey,
  isMomentKey,
  type ListKey,
  unitOf,
} from "./filter-keys";
import type { Condition, FilterProblem, ParsedFilter, PathTest, Term } from "./filter-term";
import { JOINING } from "./joining-words";
import { didYouMean } from "./did-you-mean";
import { readPathTest } from "./path-test";
import { EXAMPLES, readComparison } from "./read-comparison";
import { readMoment } from "./read-moment";
import { type Item, isUnclosed, type Piece, splitFilter, unquote } from "./split-filter";

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
      const joined = isQuoted ? undefined : JOINING.get(text);
      if (joined) problems.push({ from, to, message: joined, isGuessed: true });
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
      (raw) => `“${raw}” is no time. Try join, leave, 5m, 12:30:05 or +3s.`,
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
    (raw) => `“${raw}” is no ${unit}. Try ${EXAMPLES[unit]}.`,
  );
  return values && { key, values };
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
  if (!choices) return "Nobody sends as everyone: * is for to.";
  const near = didYouMean(value, choices);
  const all = choices.length <= 6 ? ` It is one of ${choices.join(", ")}.` : "";
  return `Unknown ${key} “${value}”.${near || all}`;
}
