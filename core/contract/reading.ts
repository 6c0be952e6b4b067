import type { Path } from "../lib/paths";
import { JSON_KINDS, type JsonKind, type Range, type Shape } from "./shape";

/** The step of a path to the items of an array, and to what is under keys that were made at run time. */
export const ANY = "*";

/** Words make an enum, and one a constant, once there were so many texts for each of them, and so many in all. */
const MIN_TIMES = 3;
const MIN_TEXTS = 5;

/** The only texts that were seen, in alphabetical order, where they repeat enough to be an enum or a constant. */
export function wordsOf({ words, kinds }: Shape): readonly string[] | undefined {
  if (!words || words.size === 0) return undefined;
  const isEnough = kinds.string >= MIN_TEXTS && kinds.string >= MIN_TIMES * words.size;
  return isEnough ? [...words.keys()].sort() : undefined;
}

/** Whether some of the objects did not have a field. */
export const isOptional = (parent: Shape, field: Shape): boolean =>
  field.seen < parent.kinds.object;

/** The kinds of values that were seen, `number` for integers, too, where some had a fraction. */
export const kindsOf = ({ kinds }: Shape): readonly JsonKind[] =>
  JSON_KINDS.filter((kind) => kinds[kind] > 0 && !(kind === "integer" && kinds.number > 0));

/** The types of all values at a place, integers as numbers; `null` alone isn’t a type. */
export const typesOf = (shape: Shape): string =>
  kindsOf(shape)
    .filter((kind) => kind !== "null")
    .map((kind) => (kind === "integer" ? "number" : kind))
    .join(" or ");

/** So many fields, and so many of them optional, may be keys that stand for people or things. */
const MIN_ENTRIES = 3;
const MIN_OPTIONAL = 2;

/**
 * Whether an object may be a dictionary although it has few keys, as `{ada: 1, bob: 2}`: values of one type, most of
 * which aren't always there. A further key then says nothing new.
 */
export function mayBeDictionary(shape: Shape): boolean {
  if (shape.fields.size < MIN_ENTRIES) return false;
  const fields = [...shape.fields.values()];
  const [first] = fields.map(typesOf);
  return (
    fields.every((field) => typesOf(field) === first) &&
    fields.filter((field) => isOptional(shape, field)).length >= MIN_OPTIONAL
  );
}

/** A place in the values of a type, as a row of a list. */
export type Field = {
  /** Empty for the value itself; `*` for the items of an array and what is under keys made at run time. */
  readonly path: Path;
  /** How many levels in it is. */
  readonly level: number;
  /** How often it was seen, and how often it could have been: as often as there was an object around it. */
  readonly seen: number;
  readonly possible: number;
  readonly isOptional: boolean;
  /** Whether it stands for the items of an array, or for all keys of a dictionary. */
  readonly stands: "field" | "items" | "entries";
  /** The most frequent first. */
  readonly kinds: readonly { readonly kind: JsonKind; readonly count: number }[];
  /** The words of its enum, or one constant, and how often each was seen. */
  readonly words: readonly { readonly word: string; readonly count: number }[];
  /** Of its numbers; undefined where there are none, or they are private. */
  readonly range: Range | undefined;
  /** Of its texts, in UTF-16 units. */
  readonly lengths: Range | undefined;
  /** How many items its arrays have. */
  readonly sizes: Range | undefined;
  /** There is more in it than was kept. */
  readonly isOpen: boolean;
};

/** All places of a shape, each followed by those in it, in the order in which they were first seen. */
export function fieldsOf(shape: Shape): Field[] {
  const found: Field[] = [];
  add(shape, [], "field", shape.seen);
  return found;

  function add(node: Shape, path: Path, stands: Field["stands"], possible: number): void {
    const words = wordsOf(node) ?? [];
    found.push({
      path,
      level: path.length,
      seen: node.seen,
      possible,
      isOptional: stands === "field" && node.seen < possible,
      stands,
      kinds: JSON_KINDS.map((kind) => ({ kind, count: node.kinds[kind] }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count),
      words: words.map((word) => ({ word, count: node.words?.get(word) ?? 0 })),
      range: node.range,
      lengths: node.lengths,
      sizes: node.sizes,
      isOpen: node.isOpen,
    });
    for (const [name, field] of node.fields)
      add(field, [...path, name], "field", node.kinds.object);
    if (node.rest) add(node.rest, [...path, ANY], "entries", node.rest.seen);
    if (node.items) add(node.items, [...path, ANY], "items", node.items.seen);
  }
}

/**
 * A value as a type has them, made up of placeholders: every field, of the type that it has most often, and words only
 * where they are words of the protocol. Nothing that anyone sent is in it.
 */
export function exampleOf(shape: Shape): unknown {
  const [most = "null"] = [...JSON_KINDS].reverse().sort((a, b) => shape.kinds[b] - shape.kinds[a]);
  switch (most) {
    case "null":
      return null;
    case "boolean":
      return true;
    case "integer":
      return 1;
    case "number":
      return 0.5;
    case "string":
      return mostUsed(shape) ?? "text";
    case "array":
      return shape.items ? [exampleOf(shape.items)] : [];
    case "object": {
      const fields = [...shape.fields].map(([name, field]) => [name, exampleOf(field)] as const);
      const rest = shape.rest ? [["id-1", exampleOf(shape.rest)] as const] : [];
      // Not assigned one by one: a field may be called `__proto__`.
      return Object.fromEntries([...fields, ...rest]);
    }
  }
}

function mostUsed({ words }: Shape): string | undefined {
  const [first] = [...(words ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return first?.[0];
}
