/** Marks that turn the direction of text around, or make it invisible. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text of a page for a single line: what would turn the rest of the line around is written out. */
export const visibleText = (text: string): string =>
  text.replace(TURNING, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
