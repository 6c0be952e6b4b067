import { namesType } from "../../daily/message-type";

const MAX_KEYS = 100;

/** Whether two messages have the same keys and say with the same words what they are: one of a kind, not question and answer. */
export function hasSameShape(a: unknown, b: unknown): boolean {
  if (!isFields(a) || !isFields(b)) return typeof a === typeof b && isFields(a) === isFields(b);
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.slice(0, MAX_KEYS).every((key) => {
      if (!Object.hasOwn(b, key)) return false;
      return namesType(key) && typeof a[key] === "string" ? a[key] === b[key] : true;
    })
  );
}

/** Whether two JSON texts differ in nothing but their digits. */
export const isSameButForNumbers = (a: string, b: string): boolean =>
  a === b || a.replaceAll(/\d+/g, "0") === b.replaceAll(/\d+/g, "0");

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
