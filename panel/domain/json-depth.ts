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
