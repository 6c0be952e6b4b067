/** A part of a filter's text, between spaces that are in no quotes. Places are in UTF-16 units. */
export type Piece = {
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
} & (
  | { readonly kind: "text"; readonly text: string; readonly isOpen: boolean }
  | { readonly kind: "regex"; readonly source: string; readonly flags: string }
  | { readonly kind: "open-regex" }
  | { readonly kind: "key"; readonly key: string; readonly items: readonly Item[] }
);

/** One of the values between commas, with its quotes. */
export type Item = { readonly from: number; readonly to: number; readonly raw: string };

/** Splits a text into what is between spaces; quotes and a regular expression hold spaces. Never throws. */
export function splitFilter(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++;
      continue;
    }
    const from = at;
    const isNegated = text[at] === "-" && at + 1 < text.length && !isSpace(text[at + 1]);
    const start = isNegated ? at + 1 : at;
    const piece = readPhrase(text, start) ?? readRegex(text, start) ?? readWord(text, start);
    pieces.push({ ...piece.part, from, to: piece.to, isNegated });
    at = piece.to;
  }
  return pieces;
}

type Read = {
  readonly to: number;
  readonly part:
    | { kind: "text"; text: string; isOpen: boolean }
    | { kind: "regex"; source: string; flags: string }
    | { kind: "open-regex" }
    | { kind: "key"; key: string; items: Item[] };
};

/** `"two words"`. A quote that is followed by more, as in a piece of JSON, isn't a phrase. */
function readPhrase(text: string, from: number): Read | undefined {
  if (text[from] !== '"') return undefined;
  const end = endOfQuote(text, from);
  const isOpen = end === undefined;
  const to = end ?? text.length;
  if (!isOpen && to < text.length && !isSpace(text[to])) return undefined;
  return { to, part: { kind: "text", text: unquote(text.slice(from, to)), isOpen } };
}

/** `/source/flags`. A path such as `/api/rooms` is a plain word. */
function readRegex(text: string, from: number): Read | undefined {
  const match = /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([dgimsuvy]*)(?=\s|$)/.exec(
    text.slice(from, from + MAX_REGEX),
  );
  if (!match) return isOpenRegex(text, from) ? { to: text.length, part: OPEN_REGEX } : undefined;
  const [whole, source = "", flags = ""] = match;
  return { to: from + whole.length, part: { kind: "regex", source, flags } };
}

const MAX_REGEX = 1_000;
const OPEN_REGEX = { kind: "open-regex" } as const;

/** Half of a regular expression: nothing closes what the slash began, so it may hold spaces. */
const isOpenRegex = (text: string, from: number): boolean =>
  text[from] === "/" && !text.includes("/", from + 1);

function readWord(text: string, from: number): Read {
  const key = /^([a-z][\w-]*):(?!\/\/)/i.exec(text.slice(from, from + 60));
  if (key) return readValues(text, from + key[0].length, key[1] ?? "");
  let to = from;
  while (to < text.length && !isSpace(text[to])) to++;
  return { to, part: { kind: "text", text: text.slice(from, to), isOpen: false } };
}

function readValues(text: string, from: number, key: string): Read {
  const items: Item[] = [];
  let start = from;
  let at = from;
  const endItem = () => items.push({ from: start, to: at, raw: text.slice(start, at) });
  while (at < text.length && !isSpace(text[at])) {
    if (text[at] === '"') {
      at = endOfQuote(text, at) ?? text.length;
    } else if (text[at] === ",") {
      endItem();
      start = ++at;
    } else at++;
  }
  endItem();
  return { to: at, part: { kind: "key", key, items } };
}

/** The place after the quote that closes the one at `from`; undefined when none does. */
function endOfQuote(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}

/** Whether a quote in it was never closed. */
export function isUnclosed(raw: string): boolean {
  for (let at = raw.indexOf('"'); at >= 0; at = raw.indexOf('"', at)) {
    const end = endOfQuote(raw, at);
    if (end === undefined) return true;
    at = end;
  }
  return false;
}

/** A text without its quotes. In them, a backslash takes what follows as it is. */
export function unquote(raw: string): string {
  let isQuoted = false;
  let plain = "";
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === '"') isQuoted = !isQuoted;
    else if (isQuoted && raw[at] === "\\" && at + 1 < raw.length) plain += raw[++at];
    else plain += raw[at];
  }
  return plain;
}

/** The opposite of `unquote`. */
export const quote = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;

const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);
