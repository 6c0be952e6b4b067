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
