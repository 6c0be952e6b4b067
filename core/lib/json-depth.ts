import { format } from "jsonc-parser";

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

/** A JSON text with indentation; as it is where that would be too long to edit, too deep, or it is no JSON. */
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
