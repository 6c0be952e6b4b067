import { printParseErrorCode, visit } from "jsonc-parser";

import { countText } from "./count-text";
import { shortText } from "./short-text";
import { MAX_DEPTH, MAX_TEXT, placeTooDeep } from "./json-depth";
import { parseJson } from "../../extension/protocol/payload";

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
