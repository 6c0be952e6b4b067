import { hasOwn, isArray, keys, prototype, stringify } from "./primordials";

const arrayPrototype = Array.prototype;

/**
 * The JSON text of plain data of ours. A `toJSON` that the page put on the prototypes of all objects or arrays
 * (Prototype.js does) would change it, so then it is written by hand.
 */
export function write(value: unknown): string {
  return hasOwn(prototype, "toJSON") || hasOwn(arrayPrototype, "toJSON")
    ? writeByHand(value)
    : stringify(value);
}

function writeByHand(value: unknown): string {
  if (typeof value !== "object" || value === null) return stringify(value);
  const isList = isArray(value);
  const names = keys(value);
  let text = "";
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as keyof typeof value;
    const each: unknown = value[name];
    if (each === undefined) continue;
    text += `${text && ","}${isList ? "" : `${stringify(name)}:`}${writeByHand(each)}`;
  }
  return isList ? `[${text}]` : `{${text}}`;
}
