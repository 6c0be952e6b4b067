/** How much of what a page hands over is kept. Capture clips to these bounds, and the schema of events checks them. */

/** Of a text beside the payload: an address, a stack, a name, in UTF-16 units. */
export const MAX_TEXT = 20_000;
export const MAX_ID = 300;
/** More than any call has people or any message recipients. */
export const MAX_LIST = 10_000;

// Taken before any script of the page could replace them.
export const { stringify, parse } = JSON;

/** The first units of a text, as a copy: a slice would keep all of the page's text in memory. */
export const copyOfStart = (text: string, length: number): string =>
  parse(stringify(text.slice(0, length))) as string;

/** A text of at most `max` units, which ends in an ellipsis where something was cut off. */
export const clip = (text: string, max = MAX_TEXT): string =>
  text.length <= max ? text : `${copyOfStart(text, max - 1)}…`;

/** The same for a value of the page that may be anything; undefined for what isn't text. */
export const clipText = (value: unknown, max?: number): string | undefined =>
  typeof value === "string" ? clip(value, max) : undefined;
