import type { Path } from "../lib/paths";
import { ANY, isOptional, kindsOf, mayBeDictionary, wordsOf } from "./reading";
import { type JsonKind, kindOf, type Shape } from "./shape";
import { readName } from "./shareable";

/** Where a value is none that a shape has seen. */
export type Departure =
  | { readonly kind: "new-field"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "missing-field"; readonly path: Path; readonly field: Shape }
  | {
      readonly kind: "other-type";
      readonly path: Path;
      readonly expected: readonly JsonKind[];
      readonly got: JsonKind;
    }
  | {
      readonly kind: "outside-enum";
      readonly path: Path;
      readonly expected: readonly string[];
      readonly got: string;
    };

/**
 * Tells each place where a value departs from a shape; a field that is new or of another type isn't looked into. `report`
 * ends the search by returning true.
 */
export function findDepartures(
  shape: Shape,
  value: unknown,
  report: (departure: Departure) => boolean | void,
): void {
  compare(shape, value, [], report);
}

/** Whether a value has only what a shape has seen: fields, types and words. A contract accepts every message that it learned. */
export function accepts(shape: Shape, value: unknown): boolean {
  let isAccepted = true;
  findDepartures(shape, value, () => {
    isAccepted = false;
    return true;
  });
  return isAccepted;
}

type Report = (departure: Departure) => boolean | void;
type Fields = Readonly<Record<string, unknown>>;

/** Returns true where the search is to end. */
function compare(shape: Shape, value: unknown, path: Path, report: Report): boolean {
  const kind = kindOf(value);
  if (!takes(shape, kind)) {
    return report({ kind: "other-type", path, expected: kindsOf(shape), got: kind }) === true;
  }
  if (kind === "string") {
    if (!shape.words || shape.words.has(value as string)) return false;
    const expected = wordsOf(shape);
    if (!expected) return false;
    return report({ kind: "outside-enum", path, expected, got: value as string }) === true;
  }
  if (kind === "array") {
    const { items } = shape;
    // All arrays were empty so far: any item is accepted.
    if (!items) return false;
    return (value as readonly unknown[]).some((item) =>
      compare(items, item, [...path, ANY], report),
    );
  }
  return kind === "object" && compareFields(shape, value as Fields, path, report);
}

const takes = ({ kinds, seen }: Shape, kind: JsonKind): boolean =>
  seen === 0 || kinds[kind] > 0 || (kind === "integer" && kinds.number > 0);

function compareFields(shape: Shape, value: Fields, path: Path, report: Report): boolean {
  for (const key of Object.keys(value)) {
    const field = shape.fields.get(key);
    if (field) {
      if (compare(field, value[key], [...path, key], report)) return true;
      continue;
    }
    if (shape.isOpen) continue;
    const isEntry = shape.isDictionary || readName(key).isMade;
    const place = [...path, isEntry ? ANY : key];
    if (isEntry && shape.rest) {
      if (compare(shape.rest, value[key], place, report)) return true;
    } else if (isEntryOf(shape, value[key])) continue;
    else if (report({ kind: "new-field", path: place, value: value[key] }) === true) return true;
  }
  for (const [key, field] of shape.fields) {
    if (isOptional(shape, field) || Object.hasOwn(value, key)) continue;
    if (report({ kind: "missing-field", path: [...path, key], field }) === true) return true;
  }
  return false;
}

/** Whether a value under a new key is one like all others of what may be a dictionary. */
const isEntryOf = (shape: Shape, value: unknown): boolean =>
  mayBeDictionary(shape) && [...shape.fields.values()].some((field) => takes(field, kindOf(value)));
