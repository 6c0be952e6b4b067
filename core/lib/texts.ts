/** Made once: making a formatter costs many times more than using it, and rows use it. */
const numbers = new Intl.NumberFormat("en-US");

/** A count with separators: `12,284`. */
export const countText = (count: number): string => numbers.format(count);

/** A count with its noun: `1 message`, `1,200 messages`. `plural` where an s will not do. */
export const howMany = (count: number, noun: string, plural = `${noun}s`): string =>
  `${countText(count)} ${count === 1 ? noun : plural}`;

/** Three digits are enough to compare: `0.25`, `12.3`, `1,234`. */
export const shortNumber = (value: number): string =>
  countText(value < 100 ? Number(value.toPrecision(value < 1 ? 2 : 3)) : Math.round(value));

/** A duration in milliseconds as it is read: `0.4 ms`, `990 ms`, `1.2 s`. */
export const durationText = (ms: number): string =>
  ms < 1_000 ? `${ms < 10 ? shortNumber(ms) : Math.round(ms)} ms` : `${shortNumber(ms / 1_000)} s`;

const calendar = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" });
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** Time of day with milliseconds, of an epoch time in ms: `14:03:07.123`. */
export const clockText = (at: number): string => clock.format(at);

/** Date and time of day, as here: `2026-11-20 14:03`. */
export const dateText = (at: number): string => calendar.format(at);

const MAX_SHOWN = 60;

/** The beginning of a text, for a sentence; in characters. */
export const shortText = (text: string, max = MAX_SHOWN): string =>
  text.length > max ? `${text.slice(0, max)}…` : text;

/** Marks that turn the direction of text around, or make it invisible. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text of a page for a single line: what would turn the rest of the line around is written out. */
export const visibleText = (text: string): string =>
  text.replace(TURNING, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);

/** Letters that are written from right to left: Hebrew, Arabic and their kin. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A text of a page as part of a line, such as a name beside another: one that is written from right to left is kept from
 * changing the order of what stands around it.
 */
export const isolated = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? `\u2068${visibleText(text)}\u2069` : visibleText(text);

/** The text itself, to be looked for. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2068\u2069]/g, "");

/** So many levels are shown; what is deeper is `{…}` or `[…]`. */
const MAX_DEPTH = 3;
/** A long text within a value leaves room for its neighbours. */
const MAX_TEXT = 120;

/**
 * A JSON value in a line, as a console shows it: `{text: "hi", to: ["Ada", "Bob"]}`. Stops soon after `maxChars`, however
 * large the value is, and marks what is missing with `…`.
 */
export function preview(value: unknown, maxChars = 300): string {
  let room = maxChars;
  return print(value, 0, maxChars);

  function print(node: unknown, depth: number, maxText: number): string {
    if (typeof node === "string") return spend(quoted(node, Math.min(maxText, room)));
    if (typeof node !== "object" || node === null) return spend(String(node));
    const isList = Array.isArray(node);
    const [open, close] = isList ? "[]" : "{}";
    const parts: string[] = [];
    for (const key in node) {
      if (!Object.hasOwn(node, key)) continue;
      if (depth >= MAX_DEPTH || room <= 0) {
        parts.push("…");
        break;
      }
      const name = isList ? "" : spend(`${keyText(key)}: `);
      parts.push(name + print((node as Record<string, unknown>)[key], depth + 1, MAX_TEXT));
      room -= 2;
    }
    return `${open}${parts.join(", ")}${close}`;
  }

  function spend(text: string): string {
    room -= text.length;
    return text;
  }
}

const quoted = (text: string, max: number): string =>
  text.length > max ? `${JSON.stringify(text.slice(0, max)).slice(0, -1)}…"` : JSON.stringify(text);

const keyText = (key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key, MAX_TEXT);

const MAX_VALUE = 40;

/** The beginning of a JSON value as a console shows it, to tell it from another; `undefined` stands for a place that is gone. */
export const shortValue = (value: unknown): string =>
  value === undefined ? "gone" : shortText(preview(value, MAX_VALUE), MAX_VALUE);

/** Beyond this many keys, only their count is shown. */
const MAX_NAMES = 3;

/** Some keys in a sentence: `a, b, c and 4 more`. */
export function keyNames(keys: readonly string[]): string {
  const names = keys.slice(0, MAX_NAMES).map((key) => shortText(key));
  const more = keys.length - MAX_NAMES;
  return names.join(", ") + (more > 0 ? ` and ${countText(more)} more` : "");
}
