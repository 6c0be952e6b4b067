import { countText } from "../lib/texts";
import type { Contract } from "./contract";
import { isOptional, kindsOf, wordsOf } from "./reading";
import { type JsonKind, type Shape, type TypeText } from "./shape";
import { describeType, type NamedType, namedTypes, oneLine } from "./type-names";

/**
 * A contract as a TypeScript module: a type for each type of message, the union `AppMessage`, and for each type that
 * messages name themselves a guard, `isChat(message): message is Chat`. Every message that was learned is of its type.
 */
export function printTypescript(contract: Contract): string {
  const types = namedTypes(contract);
  const messages = types.filter(({ type }) => type.channel === "app-message");
  const guards = messages.flatMap((each) => guardOf(each, messages));
  return [
    "// The messages of this app, as Inspector for Daily saw them. What all had is required.",
    ...types.map(printType),
    ...(messages.length > 0 ? [printUnion(messages)] : []),
    ...guards,
    ...(guards.length > 0 ? [TEXT_AT] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

const printType = ({ name, type }: NamedType): string =>
  `${comment(describeType(type))}\nexport type ${name} = ${typeOf(type.shape, type.typeTexts, "")};`;

const printUnion = (messages: readonly NamedType[]): string =>
  `/** Any app message. */\nexport type AppMessage =${messages.map(({ name }) => `\n  | ${name}`).join("")};`;

/** The guard of a type; none where messages don't say that they are of it, or those of another type say the same. */
function guardOf({ name, type }: NamedType, all: readonly NamedType[]): string[] {
  const { typeTexts } = type;
  if (typeTexts.length === 0) return [];
  const others = all.filter(
    (other) => other.type !== type && saysAllOf(other.type.typeTexts, typeTexts),
  );
  if (others.some((other) => other.type.typeTexts.length === typeTexts.length)) return [];
  const tests = [
    ...typeTexts.map(
      ({ path, text }) => `textAt(message, ${path.map(quoted).join(", ")}) === ${quoted(text)}`,
    ),
    // One that says more of itself is of the other type.
    ...others.map((other) => `!is${other.name}(message)`),
  ];
  return [
    `/** Whether a message says that it is of this type. */\n` +
      `export function is${name}(message: unknown): message is ${name} {\n` +
      `  return ${tests.join(" &&\n    ")};\n}`,
  ];
}

const saysAllOf = (some: readonly TypeText[], others: readonly TypeText[]): boolean =>
  others.every(({ path, text }) =>
    some.some((each) => each.text === text && each.path.join("\0") === path.join("\0")),
  );

const TEXT_AT = `function textAt(message: unknown, ...path: string[]): unknown {
  let value = message;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as { [key: string]: unknown })[key];
  }
  return value;
}`;

/** `typeTexts` are literals even where they were seen once. */
function typeOf(shape: Shape, typeTexts: readonly TypeText[], indent: string): string {
  const parts = kindsOf(shape).flatMap((kind) => partsOf(shape, kind, typeTexts, indent));
  return parts.length === 0 ? "unknown" : parts.join(" | ");
}

function partsOf(
  shape: Shape,
  kind: JsonKind,
  typeTexts: readonly TypeText[],
  indent: string,
): readonly string[] {
  switch (kind) {
    case "integer":
      return ["number"];
    case "string":
      return literalsOf(shape, typeTexts)?.map(quoted) ?? ["string"];
    case "array": {
      const item = shape.items ? typeOf(shape.items, [], indent) : "unknown";
      return [/ \| /.test(item) ? `(${item})[]` : `${item}[]`];
    }
    case "object":
      return [objectOf(shape, typeTexts, indent)];
    case "null":
    case "boolean":
    case "number":
      return [kind];
  }
}

/** The only texts at a place: the words of an enum, or the text of the type. */
export function literalsOf(
  shape: Shape,
  typeTexts: readonly TypeText[],
): readonly string[] | undefined {
  const isType = typeTexts.some(({ path }) => path.length === 0);
  return isType && shape.words ? [...shape.words.keys()].sort() : wordsOf(shape);
}

/** What is said of the type under a key, with the path from there. */
export const typeTextsIn = (typeTexts: readonly TypeText[], key: string): readonly TypeText[] =>
  typeTexts
    .filter(({ path }) => path[0] === key)
    .map(({ path, text }) => ({ path: path.slice(1), text }));

/** Every object has these without its own: where they are optional, the compiler checks what was inherited. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

function objectOf(shape: Shape, typeTexts: readonly TypeText[], indent: string): string {
  const inner = `${indent}  `;
  const fields = [...shape.fields].map(([name, field]) => {
    const mark = isOptional(shape, field) ? "?" : "";
    const type =
      mark !== "" && INHERITED.has(name)
        ? "unknown"
        : typeOf(field, typeTextsIn(typeTexts, name), inner);
    const note = fieldNote(shape, field);
    const above = note === "" ? "" : `${inner}${comment(note)}\n`;
    return `${above}${inner}${keyText(name)}${mark}: ${type};\n`;
  });
  const entries = entriesOf(shape, inner);
  if (entries !== undefined) fields.push(`${inner}[key: string]: ${entries};\n`);
  return `{\n${fields.join("")}${indent}}`;
}

/** What is under other keys; undefined where there are none. */
function entriesOf(shape: Shape, indent: string): string | undefined {
  const isKnown = shape.fields.size === 0 && !shape.isOpen;
  if (isKnown) return shape.rest ? typeOf(shape.rest, [], indent) : "never";
  // All fields have to be of the type of the others.
  return shape.rest || shape.isOpen ? "unknown" : undefined;
}

/** How often a field was there where it wasn't always, and between what its numbers were. */
export function fieldNote(parent: Shape, field: Shape): string {
  const { seen, range } = field;
  const notes = [
    ...(isOptional(parent, field)
      ? [`In ${countText(seen)} of ${countText(parent.kinds.object)}.`]
      : []),
    ...(range && range.min < range.max ? [`From ${range.min} to ${range.max}.`] : []),
  ];
  return notes.join(" ");
}

const comment = (text: string): string => `/** ${oneLine(text).replace(/\*\//g, "*\\/")} */`;

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));

/** Characters that end a line in a text, hide, or turn the direction of what follows. */
const ODD = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    ODD,
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
