import { countText, visibleText } from "../lib/texts";
import type { Contract, TypeContract } from "./contract";

/** A type with the name that it has in code and in schemas. */
export type NamedType = { readonly name: string; readonly type: TypeContract };

/** Names that stand for all messages of a channel. */
const TAKEN = ["AppMessage", "UserData", "SessionData"];

const MAX_NAME = 60;

/** The types of a contract, each with a name of its own: letters, digits and `_` of ASCII, as `RtviBotReady`. */
export function namedTypes({ types }: Contract): NamedType[] {
  const taken = new Set(TAKEN);
  return [...types.values()].map((type) => ({ name: nameOf(type, taken), type }));
}

function nameOf({ channel, label }: TypeContract, taken: Set<string>): string {
  if (channel === "user-data" && label === "") return "UserData";
  if (channel === "session-data" && label === "") return "SessionData";
  const words = label.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const base = (/^[A-Z]/.test(name) ? name : `Message${name}`).slice(0, MAX_NAME);
  for (let order = 1; ; order++) {
    const free = order === 1 ? base : `${base}_${order}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}

const CHANNELS = {
  "app-message": "App message",
  "user-data": "User data",
  "session-data": "Session data",
} as const;

/** A type in a line: `App message chat. 12 seen, of up to 120 characters.` */
export function describeType({ channel, label, count, sizes }: TypeContract): string {
  const what = label === "" ? CHANNELS[channel] : `${CHANNELS[channel]} ${oneLine(label)}`;
  return `${what}. ${countText(count)} seen, of up to ${countText(sizes.read().max)} characters.`;
}

/** A text of the app for a comment or a title: on one line, and without what hides or turns letters. */
export const oneLine = (text: string): string =>
  visibleText(text.replace(/[\s\p{Cc}\p{Cs}\u2028\u2029]+/gu, " "));
