import type { Path } from "../../lib/paths";
import type { Comparator, PathTest } from "./filter-keys";
import { unquote } from "./split-filter";

const STEP = /^(?:\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,9})\]|\[(\*)\]|\[("(?:[^"\\]|\\.)*")\])/u;

/** `poll.votes`, `items[0].id="x"`, `a["odd key"]>2`, `items[*].done=true`; or what is wrong with it. */
export function readPathTest(text: string): PathTest | string {
  const path: (string | number)[] = [];
  let rest = text;
  for (let match = STEP.exec(rest); match; match = STEP.exec(rest)) {
    const [whole, key, index, any, quoted] = match;
    path.push(key ?? any ?? (index === undefined ? unquote(quoted ?? "") : Number(index)));
    rest = rest.slice(whole.length);
  }
  if (path.length === 0) return "A path starts with a key, as in path:poll.votes.";
  if (rest === "") return { path, comparison: undefined };
  const [, comparator, value = ""] = /^(!=|>=|<=|=|>|<)(.*)$/su.exec(rest) ?? [];
  if (comparator === undefined)
    return `“${rest.slice(0, 30)}” isn’t part of a path. Odd keys go in brackets: path:a["odd key"].`;
  if (value === "") return `Nothing to compare with after ${comparator}.`;
  const isQuoted = value.startsWith('"');
  const comparison = { comparator: comparator as Comparator, value: unquote(value), isQuoted };
  return { path, comparison };
}

/** Whether any value at the path passes. Walks own properties only; the value may be anything. */
export function passesPath(value: unknown, { path, comparison }: PathTest): boolean {
  return valuesAt(value, path).some((each) => !comparison || passes(each, comparison));
}

/** More items than this are not looked at under one `[*]`. */
const MAX_ITEMS = 10_000;

function valuesAt(value: unknown, path: Path): unknown[] {
  let nodes = [value];
  for (const step of path) {
    nodes = nodes
      .flatMap((node): unknown[] => {
        if (typeof node !== "object" || node === null) return [];
        if (step === "*" && Array.isArray(node)) return node as unknown[];
        return Object.hasOwn(node, step) ? [Reflect.get(node, step)] : [];
      })
      .slice(0, MAX_ITEMS);
  }
  return nodes;
}

function passes(actual: unknown, test: NonNullable<PathTest["comparison"]>): boolean {
  const { comparator, value } = test;
  if (comparator === "=") return isEqual(actual, test);
  if (comparator === "!=") return !isEqual(actual, test);
  const isNumber = typeof actual === "number" && value.trim() !== "" && !test.isQuoted;
  const order = isNumber
    ? Math.sign(actual - Number(value))
    : typeof actual === "string"
      ? Number(actual > value) - Number(actual < value)
      : Number.NaN;
  switch (comparator) {
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
  }
}

function isEqual(
  actual: unknown,
  { value, isQuoted }: NonNullable<PathTest["comparison"]>,
): boolean {
  if (isQuoted) return actual === value;
  if (typeof actual === "number") return value.trim() !== "" && actual === Number(value);
  if (typeof actual === "string") return actual.toLowerCase() === value.toLowerCase();
  return (actual === null || typeof actual === "boolean") && String(actual) === value;
}
