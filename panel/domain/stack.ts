/** One line of a stack: a place in a script. */
export type StackFrame = {
  /** Empty for code outside of any function. */
  readonly functionName: string;
  readonly url: string;
  /** From 1, as the browser counts. */
  readonly line: number;
  readonly column: number;
  /** Whether the place belongs to a library, as far as its address tells. */
  readonly isLibrary: boolean;
};

/** Chromium: `at name (url:1:2)`, `at async name (…)`, `at url:1:2`. */
const CHROMIUM = /^\s*at (?:async )?(?:(.*?) \()?([^()\s]+?):(\d+):(\d+)\)?$/;
/** Firefox: `name@url:1:2`, with marks such as `async*` before and `/<` after the name. */
const FIREFOX = /^(?:async\*)?([^@]*)@(.+?):(\d+):(\d+)$/;

/** Where bundlers and CDNs put what an app did not write itself. */
const LIBRARY =
  /\/node_modules\/|\/\.vite\/deps\/|\/\/(?:unpkg\.com|esm\.sh|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com)\//;

/** No address of a script is longer; a page can make up any text. */
const MAX_LINE = 2_000;

/** The frames of a stack text, innermost first. Lines that are none, such as `<anonymous>`, are left out. */
export function parseStack(stack: string): StackFrame[] {
  return stack.split("\n").flatMap((text) => {
    if (text.length > MAX_LINE) return [];
    const [, functionName = "", url, line, column] =
      CHROMIUM.exec(text) ?? FIREFOX.exec(text) ?? [];
    if (!url || url.startsWith("<")) return [];
    const frame = { functionName: functionName.replace(/\/<$/, ""), url };
    return [{ ...frame, line: Number(line), column: Number(column), isLibrary: LIBRARY.test(url) }];
  });
}

/** The first frame of the app itself; where there is none, the first at all. */
export const initiatorOf = (frames: readonly StackFrame[]): StackFrame | undefined =>
  frames.find(({ isLibrary }) => !isLibrary) ?? frames[0];

/** `main.ts:12`: the last part of an address and the line. */
export function placeText({ url, line }: StackFrame): string {
  const path = url.replace(/[?#].*$/, "").replace(/\/+$/, "");
  return `${path.slice(path.lastIndexOf("/") + 1) || url}:${line}`;
}
