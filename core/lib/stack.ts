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

/** Where a line of a stack ends: `:12:7`, with the brackets that close around it. */
const POSITION = /:(\d+):(\d+)\)*$/;
/** `at `, `at async `, and Firefox's `async*` or `promise callback*`. */
const LEAD = /^\s*at (?:async )?/;
const FIREFOX_LEAD = /^(?:[\w ]+\*)?/;

/** Where bundlers and CDNs put what an app did not write itself. */
const LIBRARY =
  /\/node_modules\/|\/\.vite\/deps\/|\/\/(?:unpkg\.com|esm\.sh|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com)\//;

/** Whether an address is one of those where an app does not put its own code. */
export const isLibraryUrl = (url: string): boolean => LIBRARY.test(url);

/** No address of a script is longer; a page can make up any text. */
const MAX_LINE = 2_000;

/** The frames of a stack text, innermost first. Lines that are none, such as `<anonymous>`, are left out. */
export function parseStack(stack: string): StackFrame[] {
  return stack.split("\n").flatMap((text) => {
    const place = text.length <= MAX_LINE ? placeOf(text.trimEnd()) : undefined;
    if (!place?.url || place.url.startsWith("<")) return [];
    return [{ ...place, isLibrary: isLibraryUrl(place.url) }];
  });
}

/** Read from the end, because names and addresses may hold brackets, colons and `@` themselves. */
function placeOf(text: string): Omit<StackFrame, "isLibrary"> | undefined {
  const position = POSITION.exec(text);
  if (!position) return undefined;
  const numbers = { line: Number(position[1]), column: Number(position[2]) };
  const before = text.slice(0, position.index);
  if (!LEAD.test(text)) return firefoxPlace(before, numbers);
  const rest = before.replace(LEAD, "");
  const isClosed = text.endsWith(")");
  const open = isClosed ? openBracket(rest) : -1;
  const url = rest.slice(open + 1);
  // `eval at run (https://…:1:2), <anonymous>`: the code itself has no address.
  if (url.startsWith("eval at ")) {
    const outer = /, (?!<)([^,]+)$/.exec(url)?.[1];
    return outer
      ? { functionName: nameBefore(rest, open), url: outer, ...numbers }
      : evalPlace(rest);
  }
  return open < 0 && /\s/.test(url)
    ? undefined
    : { functionName: nameBefore(rest, open), url, ...numbers };
}

/** The place that ran the `eval`, where the text names it. */
function evalPlace(text: string): Omit<StackFrame, "isLibrary"> | undefined {
  const end = /\), <anonymous>$/.exec(text)?.index;
  const outer =
    end === undefined ? undefined : text.slice(text.lastIndexOf("eval at ", end) + 8, end);
  return outer === undefined ? undefined : placeOf(`at ${outer})`);
}

const nameBefore = (text: string, open: number): string => text.slice(0, Math.max(0, open)).trim();

/** Where the bracket opens that the end of the text closes: the last one after a blank that is not closed before. */
function openBracket(text: string): number {
  let depth = 1;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ")") depth++;
    else if (text[at] === "(" && --depth === 0) return at;
  }
  return -1;
}

/** Firefox: `name@url`; code of an `eval` is `url line 3 > eval`. */
function firefoxPlace(
  before: string,
  numbers: Pick<StackFrame, "line" | "column">,
): Omit<StackFrame, "isLibrary"> | undefined {
  const at = before.search(/@(?=[a-z][\w+.-]*:)|@(?=<)/i);
  const split = at < 0 ? before.indexOf("@") : at;
  if (split < 0) return undefined;
  const functionName = before.slice(0, split).replace(FIREFOX_LEAD, "").replace(/\/<$/, "");
  const address = before.slice(split + 1);
  const inEval = /^(.+?) line (\d+) > (?:eval|Function)/.exec(address);
  return inEval
    ? { functionName, url: inEval[1] ?? "", line: Number(inEval[2]), column: 1 }
    : { functionName, url: address, ...numbers };
}

/** The first frame of the app itself; where there is none, the first at all. */
export const initiatorOf = (frames: readonly StackFrame[]): StackFrame | undefined =>
  frames.find(({ isLibrary }) => !isLibrary) ?? frames[0];

/** From this column on, the first two lines of a script are those of a bundle that was made small. */
const BUNDLE_COLUMN = 500;

/** Whether a place says nothing about the app's source: one of the first two lines of a minified bundle. */
const isMinified = ({ line, column }: StackFrame): boolean => line <= 2 && column >= BUNDLE_COLUMN;

/** `main.ts` and `:12`, so that a narrow column can cut the one and keep the other. */
export function placeParts(frame: StackFrame): { name: string; line: string } {
  // The line of a bundle is the same in every row; the function's name at least tells them apart.
  if (isMinified(frame) && frame.functionName) return { name: frame.functionName, line: "" };
  const path = frame.url.replace(/[?#].*$/, "").replace(/\/+$/, "");
  return { name: path.slice(path.lastIndexOf("/") + 1) || frame.url, line: `:${frame.line}` };
}

/** `main.ts:12`: the last part of an address and the line. */
export function placeText(frame: StackFrame): string {
  const { name, line } = placeParts(frame);
  return name + line;
}

/** An address as DevTools lists it: webpack's without `./` and `../`, none with an empty query. */
export const listedUrl = (url: string): string =>
  url
    .replace(/^(webpack(?:-internal)?:\/\/[^/]*\/(?:\([^)]*\)\/)?)(?:\.{1,2}\/)+/, "$1")
    .replace(/\?$/, "");
