import { format, printParseErrorCode, visit } from "jsonc-parser";

import { countText, shortText } from "./texts";
import { parseJson } from "../../extension/protocol/payload";

/**
 * Whether two values of JSON are the same, whatever the order of keys. Own keys alone count: a page may well name one
 * `constructor` or `__proto__`.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  return !Array.isArray(b) && sameFields(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!sameJson(a[index], b[index])) return false;
  }
  return true;
}

function sameFields(a: Fields, b: Fields): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !sameJson(a[key], b[key])) return false;
  }
  return true;
}

/** Longer texts are not taken for editing: more than Daily takes by far, and still checked without a pause. */
export const MAX_TEXT = 120_000;

/** Deeper values are not looked into: code that goes down by calling itself would run out of stack. */
export const MAX_DEPTH = 200;

/** Where brackets are open too deep for readers that go down by calling themselves. */
export function placeTooDeep(text: string): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (isInString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) isInString = false;
    } else if (char === 0x22) isInString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > MAX_DEPTH) return at;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return undefined;
}

/** A JSON text with indentation; as it is where that would be too long to edit, too deep, or it isn't JSON. */
export function prettyJson(json: string): string {
  if (json.length > MAX_TEXT || placeTooDeep(json) !== undefined) return json;
  try {
    const pretty = JSON.stringify(JSON.parse(json), undefined, 2);
    return pretty.length > MAX_TEXT ? json : pretty;
  } catch {
    return json;
  }
}

/**
 * A JSON text with every key on its own line: white space changes and nothing else, not the way a number is written. As it
 * is where that would be too long to edit, or too deep.
 */
export function formatJson(text: string): string {
  if (text.length > MAX_TEXT || placeTooDeep(text) !== undefined) return text;
  const edits = format(text, undefined, { insertSpaces: true, tabSize: 2, eol: "\n" });
  const pieces: string[] = [];
  let at = 0;
  for (const { offset, length, content } of edits) {
    pieces.push(text.slice(at, offset), content);
    at = offset + length;
  }
  const formatted = pieces.join("") + text.slice(at);
  return formatted.length > MAX_TEXT ? text : formatted;
}

/** Whether a number of a JSON text is the same number, to the last digit, once JSON has written it again. */
function keepsNumber(raw: string): boolean {
  const value = Number(raw);
  return !Object.is(value, -0) && decimalOf(raw) === decimalOf(String(value));
}

/**
 * A decimal in the one form that each value has: `-12.50e3` is `-125e2`. Returns the text itself where it isn't a decimal.
 * Goes through the text once: a pattern for the zeros at the end would take long for many of them.
 */
function decimalOf(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = whole + fraction;
  let first = 0;
  while (digits[first] === "0") first++;
  let end = digits.length;
  while (end > first && digits[end - 1] === "0") end--;
  if (first === end) return "0";
  const power = Number(exponent) - fraction.length + digits.length - end;
  return `${sign}${digits.slice(first, end)}e${power}`;
}

/** Something in a JSON text that would not arrive as it was typed. */
export type JsonProblem = {
  /** Place in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
};

type CheckedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly JsonProblem[] };

const MAX_PROBLEMS = 20;

/** The texts that were checked last, newest first: editor, size, preview and button all ask for the same one. */
const known: { readonly text: string; readonly checked: CheckedJson }[] = [];
const MAX_KNOWN = 4;

/**
 * Reads a text that someone typed or pasted. Refuses, with the place, what isn't JSON and what JSON would change on its
 * way: keys given twice, numbers that lose digits, lone surrogates. Never throws, and takes no longer for hostile text.
 * The same text is read once, so its value must not be changed.
 */
export function checkJson(text: string): CheckedJson {
  const found = known.find((each) => each.text === text);
  if (found) return found.checked;
  const checked = readText(text);
  known.unshift({ text, checked });
  known.length = Math.min(known.length, MAX_KNOWN);
  return checked;
}

function readText(text: string): CheckedJson {
  if (text.trim() === "") return refuse(0, text.length, "Type a JSON value.");
  if (text.length > MAX_TEXT) {
    const size = countText(text.length);
    return refuse(0, 0, `Too long: ${size} characters. Daily takes 102,400 at most.`);
  }
  const tooDeep = placeTooDeep(text);
  if (tooDeep !== undefined)
    return refuse(tooDeep, tooDeep + 1, `Nested deeper than ${MAX_DEPTH} levels.`);
  const problems = findProblems(text);
  if (problems.length > 0) return { ok: false, problems };
  const parsed = parseJson(text);
  return parsed.ok ? { ok: true, value: parsed.value } : refuse(0, text.length, parsed.reason);
}

const refuse = (from: number, to: number, message: string): CheckedJson => ({
  ok: false,
  problems: [{ from, to, message }],
});

function findProblems(text: string): JsonProblem[] {
  const problems: JsonProblem[] = [];
  const keys: Set<string>[] = [];
  const add = (from: number, length: number, message: string) => {
    if (problems.length < MAX_PROBLEMS)
      problems.push({ from, to: from + Math.max(1, length), message });
  };
  const checkText = (from: number, length: number, value: string) => {
    if (!value.isWellFormed())
      add(from, length, "Half of a surrogate pair: it does not survive UTF-8.");
  };
  visit(
    text,
    {
      onObjectBegin: () => void keys.push(new Set()),
      onObjectEnd: () => void keys.pop(),
      onObjectProperty(name, offset, length) {
        const seen = keys.at(-1);
        if (seen?.has(name))
          add(
            offset,
            length,
            `The key ${shortText(JSON.stringify(name))} is given twice; only the last would count.`,
          );
        seen?.add(name);
        checkText(offset, length, name);
      },
      onLiteralValue(value: unknown, offset, length) {
        if (typeof value === "string") checkText(offset, length, value);
        if (typeof value === "number")
          checkNumber(text.slice(offset, offset + length), offset, add);
      },
      onError: (code, offset, length) =>
        add(offset, length, `${sentence(printParseErrorCode(code))}.`),
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return problems;
}

function checkNumber(
  raw: string,
  offset: number,
  add: (from: number, length: number, message: string) => void,
): void {
  if (keepsNumber(raw)) return;
  const value = Number(raw);
  const shown = shortText(raw);
  add(
    offset,
    raw.length,
    value === 0
      ? /[1-9]/.test(raw)
        ? `${shown} is too small for a number: it would become 0. Use a string.`
        : `${shown} would become 0: JSON writes zero without a sign.`
      : Number.isFinite(value)
        ? `${shown} has more digits than a number keeps: it would become ${value}. Use a string.`
        : `${shown} is too large for a number: it would become null.`,
  );
}

/** `CommaExpected` → `Comma expected`. */
function sentence(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
