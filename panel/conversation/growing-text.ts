/** Long enough that few turns have more than one, in UTF-16 units. */
const PART_CHARS = 2_000;

/**
 * A text in parts, each but the last the same however the text goes on. As a text node each, a browser lays out only the
 * last one again when the text grows. Characters of two UTF-16 units stay together.
 */
export function growingParts(text: string, chars = PART_CHARS): string[] {
  const parts: string[] = [];
  let start = 0;
  while (text.length - start > chars) {
    let end = start + chars;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    parts.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) parts.push(text.slice(start));
  return parts;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
