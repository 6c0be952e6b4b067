import type { Loss } from "../../extension/protocol/event";
import { printPath } from "../lib/paths";

/** Objects of which `JSON.stringify` sees nothing. */
const EMPTIED = ["Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Promise", "RegExp", "Error"];

/** What each kind of value is, and what `JSON.stringify` makes of it. */
const FATES = new Map<string, readonly [what: string, fate: string]>([
  ["undefined", ["undefined", "is left out"]],
  ["function", ["a function", "is left out"]],
  ["symbol", ["a symbol", "is left out"]],
  ["NaN", ["NaN", "becomes null"]],
  ["Infinity", ["Infinity", "becomes null"]],
  ["-Infinity", ["-Infinity", "becomes null"]],
  ["Date", ["a Date", "becomes text"]],
  ["Object", ["an instance of a class", "becomes a plain object"]],
  ...EMPTIED.map((kind) => [kind, [`a ${kind}`, "becomes {}"]] as const),
]);

const UNCLONEABLE =
  /^(?:function|symbol|Promise|WeakMap|WeakSet|WeakRef|HTML\w*|Window|HTMLDocument)$/;

/** Whether the name of a kind is JavaScript's own, and none of the app's. */
export const isKnownLoss = (kind: string): boolean => FATES.has(kind);

/** Whether daily-js cannot hand it to its call machine: `postMessage` refuses it with a `DataCloneError` (0.92.2). */
export const isUncloneable = ({ kind }: Loss): boolean => UNCLONEABLE.test(kind);

/** Whether what arrives still says the same in another form. */
export const isHarmless = ({ kind, path }: Loss): boolean =>
  kind === "Date" || kind === "Object" || (kind === "undefined" && !isInList(path));

const isInList = (path: Loss["path"]): boolean => typeof path.at(-1) === "number";

/** What becomes of it, in a sentence: `a Map becomes {}`. */
export function lossText({ kind, path }: Loss): string {
  const [what, fate] = FATES.get(kind) ?? [`a ${kind}`, "becomes an object of what it shows"];
  const isHole = fate === "is left out" && isInList(path);
  return `${what} ${isHole ? "becomes null" : fate}`;
}

/** Where it is: `votes[0].at`. */
export const lossPath = ({ path }: Loss): string =>
  path.length === 0 ? "(the data)" : printPath(path);
