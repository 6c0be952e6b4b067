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
