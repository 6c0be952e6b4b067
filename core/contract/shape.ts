import { isTypeText, isWord, type Privacy, readName } from "./shareable";

/** The kinds of values that JSON has; `number` is one with a fraction, and an `integer` is a number, too. */
export type JsonKind = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

export const JSON_KINDS: readonly JsonKind[] = [
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
];

export type Range = { readonly min: number; readonly max: number };

/**
 * What was seen at one place of some values, in counts that do not depend on the order. Grows in place. A field is
 * optional if it was seen less often than an object at its parent.
 */
export type Shape = {
  /** How many values were seen here. */
  seen: number;
  readonly kinds: Record<JsonKind, number>;
  /** Its texts with how often each was seen, while they are few words of a protocol. */
  words: Map<string, number> | undefined;
  /** Texts were seen that are too many, too long, private or written by someone: then there are no `words`. */
  isFreeText: boolean;
  /** Of its numbers, unless they are private. */
  range: Range | undefined;
  /** Of its texts, in UTF-16 units. */
  lengths: Range | undefined;
  /** How many items its arrays have. */
  sizes: Range | undefined;
  /** What the items of all its arrays are. */
  items: Shape | undefined;
  readonly fields: Map<string, Shape>;
  /** What is under keys that were made at run time, such as ids: a dictionary. */
  rest: Shape | undefined;
  /** It had more keys than a program names: all of them count as made at run time. */
  isDictionary: boolean;
  /** It is too deep, or one field too many: what lies further in, and what other fields it has, isn't known. */
  isOpen: boolean;
};

/** So many different words make an enum; more are text. */
const MAX_WORDS = 12;
/** So many different keys have a field each; an object with more is a dictionary. */
const MAX_KEYS = 64;
/** Levels of objects and arrays that are looked into. */
export const MAX_LEVELS = 20;
/** Fields of one type, in all its levels. */
export const MAX_FIELDS = 400;

/** How many more fields a type may have; below it, objects with further fields are open. */
export type Room = { fields: number };

export function createShape(): Shape {
  return {
    seen: 0,
    kinds: { null: 0, boolean: 0, integer: 0, number: 0, string: 0, array: 0, object: 0 },
    words: undefined,
    isFreeText: false,
    range: undefined,
    lengths: undefined,
    sizes: undefined,
    items: undefined,
    fields: new Map(),
    rest: undefined,
    isDictionary: false,
    isOpen: false,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** The kind of a value that JSON can hold. */
export function kindOf(value: unknown): JsonKind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean" || typeof value === "string") return typeof value as JsonKind;
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return "object";
}

/** Where a message says its type: the steps to it, and what it says there. */
export type TypeText = { readonly path: readonly string[]; readonly text: string };

/** Takes a value in. `typeTexts` are kept word for word, whatever their fields are called. */
export function learn(
  shape: Shape,
  value: unknown,
  room: Room,
  typeTexts: readonly TypeText[] = [],
): void {
  learnAt(shape, value, room, { level: 0, privacy: "open", typeTexts });
}

type Place = {
  readonly level: number;
  readonly privacy: Privacy;
  readonly typeTexts: readonly TypeText[];
};

const NO_TEXTS: readonly TypeText[] = [];

function learnAt(shape: Shape, value: unknown, room: Room, place: Place): void {
  shape.seen++;
  const kind = kindOf(value);
  shape.kinds[kind]++;
  switch (kind) {
    case "string":
      return learnText(shape, value as string, place);
    case "integer":
    case "number":
      return learnNumber(shape, value as number, place);
    case "array":
      return learnItems(shape, value as readonly unknown[], room, place);
    case "object":
      return learnFields(shape, value as Fields, room, place);
    case "null":
    case "boolean":
  }
}

function learnNumber(shape: Shape, value: number, { privacy }: Place): void {
  // A number of 400 digits is read as infinite, and -0 is the same number as 0.
  if (privacy === "open" && Number.isFinite(value)) shape.range = widened(shape.range, value + 0);
}

function learnText(shape: Shape, text: string, { privacy, level, typeTexts }: Place): void {
  shape.lengths = widened(shape.lengths, text.length);
  if (shape.isFreeText) return;
  const isType =
    typeTexts.some((each) => each.path.length === level && each.text === text) && isTypeText(text);
  if (isType || (privacy === "open" && isWord(text))) addWord(shape, text, 1);
  else freeText(shape);
}

function addWord(shape: Shape, word: string, times: number): void {
  shape.words ??= new Map();
  shape.words.set(word, (shape.words.get(word) ?? 0) + times);
  if (shape.words.size > MAX_WORDS) freeText(shape);
}

function freeText(shape: Shape): void {
  shape.isFreeText = true;
  shape.words = undefined;
}

function learnItems(shape: Shape, items: readonly unknown[], room: Room, place: Place): void {
  shape.sizes = widened(shape.sizes, items.length);
  if (items.length === 0) return;
  if (place.level >= MAX_LEVELS) {
    shape.isOpen = true;
    return;
  }
  const inside = within(place, undefined);
  for (const item of items) learnAt((shape.items ??= createShape()), item, room, inside);
}

function learnFields(shape: Shape, fields: Fields, room: Room, place: Place): void {
  const keys = Object.keys(fields);
  if (keys.length === 0) return;
  if (place.level >= MAX_LEVELS) {
    shape.isOpen = true;
    return;
  }
  if (!shape.isDictionary && namesWith(shape, keys) > MAX_KEYS) becomeDictionary(shape, room);
  for (const key of keys) {
    const child = fieldOf(shape, key, room);
    if (child) learnAt(child, fields[key], room, within(place, key));
  }
}

/** How many fields it has with these. */
function namesWith({ fields }: Shape, keys: readonly string[]): number {
  const more = keys.filter((key) => !fields.has(key) && !readName(key).isMade);
  return fields.size + more.length;
}

/** The shape of what is under a key; undefined where it can't be kept. */
function fieldOf(shape: Shape, key: string, room: Room): Shape | undefined {
  const known = shape.fields.get(key);
  if (known) return known;
  if (shape.isDictionary || readName(key).isMade) return (shape.rest ??= createShape());
  // One that was left out before can't be told from one that wasn't there.
  if (shape.isOpen || room.fields <= 0) {
    shape.isOpen = true;
    return undefined;
  }
  room.fields--;
  const field = createShape();
  shape.fields.set(key, field);
  return field;
}

function becomeDictionary(shape: Shape, room: Room): void {
  const rest = (shape.rest ??= createShape());
  for (const field of shape.fields.values()) {
    room.fields += 1 + countFields(field);
    const before = countFields(rest);
    // There is room: it only gets less.
    include(rest, field, { fields: Infinity });
    room.fields -= countFields(rest) - before;
  }
  shape.fields.clear();
  shape.isDictionary = true;
}

export function countFields({ fields, rest, items }: Shape): number {
  let count = fields.size;
  for (const each of fields.values()) count += countFields(each);
  return count + (rest ? countFields(rest) : 0) + (items ? countFields(items) : 0);
}

/** The place of an item, or of what is under a key. */
function within(place: Place, key: string | undefined): Place {
  return {
    level: place.level + 1,
    privacy: key === undefined ? place.privacy : privacyUnder(place.privacy, key),
    typeTexts: textsUnder(place, key),
  };
}

/** All that is in a secret is one, and what is under an id is someone's. By the keys alone, so that the order of messages doesn't matter. */
function privacyUnder(outside: Privacy, key: string): Privacy {
  const name = readName(key);
  if (outside === "secret" || name.privacy === "secret") return "secret";
  return name.isMade ? "private" : name.privacy;
}

function textsUnder({ typeTexts, level }: Place, key: string | undefined): readonly TypeText[] {
  if (typeTexts.length === 0 || key === undefined) return NO_TEXTS;
  return typeTexts.filter(({ path }) => path[level] === key);
}

const widened = (range: Range | undefined, value: number): Range => {
  if (!range) return { min: value, max: value };
  if (value >= range.min && value <= range.max) return range;
  return { min: Math.min(range.min, value), max: Math.max(range.max, value) };
};

const both = (a: Range | undefined, b: Range | undefined): Range | undefined =>
  a && b ? { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) } : (a ?? b);

/** Adds what another shape has seen: the same as if its values had been learned here. The other one stays as it is. */
export function include(shape: Shape, other: Shape, room: Room): void {
  const hadObjects = shape.kinds.object > 0;
  shape.seen += other.seen;
  for (const kind of JSON_KINDS) shape.kinds[kind] += other.kinds[kind];
  shape.range = both(shape.range, other.range);
  shape.lengths = both(shape.lengths, other.lengths);
  shape.sizes = both(shape.sizes, other.sizes);
  includeWords(shape, other);
  if (other.items) include((shape.items ??= createShape()), other.items, room);
  if (other.rest) include((shape.rest ??= createShape()), other.rest, room);
  if (hadObjects && other.kinds.object > 0) dropWhatOneLeftOut(shape, other, room);
  includeFields(shape, other, room);
}

function includeWords(shape: Shape, other: Shape): void {
  if (other.isFreeText) freeText(shape);
  if (shape.isFreeText) return;
  for (const [word, times] of other.words ?? []) {
    addWord(shape, word, times);
    if (shape.isFreeText) return;
  }
}

/** What one of them left out may have been anything in it: no more is known of such a field than that it may be there. */
function dropWhatOneLeftOut(shape: Shape, other: Shape, room: Room): void {
  if (!other.isOpen) return;
  for (const [name, field] of shape.fields) {
    if (other.fields.has(name)) continue;
    shape.fields.delete(name);
    room.fields += 1 + countFields(field);
  }
  shape.isOpen = true;
}

function includeFields(shape: Shape, other: Shape, room: Room): void {
  const keys = [...other.fields.keys()];
  if (!shape.isDictionary && (other.isDictionary || namesWith(shape, keys) > MAX_KEYS))
    becomeDictionary(shape, room);
  for (const [name, field] of other.fields) {
    const own = fieldOf(shape, name, room);
    if (own) include(own, field, room);
  }
  // Last: a shape that had no objects takes all fields of one that is open.
  shape.isOpen ||= other.isOpen;
}

/** Whether something of it could not be kept, here or further in. */
export function isPartialShape(shape: Shape): boolean {
  if (shape.isOpen) return true;
  for (const field of shape.fields.values()) if (isPartialShape(field)) return true;
  return (
    (shape.rest !== undefined && isPartialShape(shape.rest)) ||
    (shape.items !== undefined && isPartialShape(shape.items))
  );
}
