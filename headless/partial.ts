import { pathText } from "../core/lib/paths";
import { preview } from "../core/lib/texts";

type Step = string | number;
type Asymmetric = {
  asymmetricMatch(value: unknown): boolean;
  toAsymmetricMatcher?(): string;
  toString(): string;
};

/** As `expect.any(Number)` or `expect.stringContaining("a")`. */
const isAsymmetric = (value: unknown): value is Asymmetric =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Partial<Asymmetric>).asymmetricMatch === "function";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** More of them say no more. */
const MAX_TOLD = 5;

/**
 * What keeps a value from being as expected, each as `text is "hi", expected "hello"`; nothing when it is. Objects may
 * have more keys than expected, lists must be as long; regular expressions test texts; asymmetric matchers decide for themselves.
 */
export function mismatches(actual: unknown, expected: unknown, at = "data"): string[] {
  const found: string[] = [];
  compare(actual, expected, []);
  return found;

  function compare(value: unknown, wanted: unknown, path: readonly Step[]): void {
    if (found.length >= MAX_TOLD) return;
    if (isAsymmetric(wanted)) {
      if (!wanted.asymmetricMatch(value)) tell(value, wanted, path);
    } else if (wanted instanceof RegExp) {
      if (typeof value !== "string" || value.search(wanted) < 0) tell(value, wanted, path);
    } else if (Array.isArray(wanted)) {
      if (!Array.isArray(value) || value.length !== wanted.length) return tell(value, wanted, path);
      for (const [index, each] of wanted.entries()) compare(value[index], each, [...path, index]);
    } else if (isObject(wanted)) {
      if (!isObject(value)) return tell(value, wanted, path);
      for (const key of Object.keys(wanted))
        compare(Object.hasOwn(value, key) ? value[key] : undefined, wanted[key], [...path, key]);
    } else if (!Object.is(value, wanted)) tell(value, wanted, path);
  }

  function tell(value: unknown, wanted: unknown, path: readonly Step[]): void {
    const place = path.length === 0 ? at : pathText(path);
    const is = value === undefined ? "isn't there" : `is ${preview(value, 80)}`;
    found.push(`${place} ${is}, expected ${printExpected(wanted)}`);
  }
}

/** An expected value in a line, with its asymmetric matchers as they print themselves. */
export function printExpected(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isAsymmetric(value)) return value.toAsymmetricMatcher?.() ?? value.toString();
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(printExpected).join(", ")}]`;
  if (!isObject(value)) return preview(value, 80);
  const parts = Object.keys(value).map((key) => `${pathText([key])}: ${printExpected(value[key])}`);
  return `{${parts.join(", ")}}`;
}
