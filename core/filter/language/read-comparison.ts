import type { Comparator, Comparison } from "./filter-term";

type Unit = "size" | "duration" | "count";

const UNITS: Readonly<Record<Unit, Readonly<Partial<Record<string, number>>>>> = {
  // Daily's limits are powers of two: 4k is the 4,096 of an app message.
  size: { "": 1, k: 1_024, kb: 1_024, m: 1_048_576, mb: 1_048_576 },
  duration: { "": 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
  count: { "": 1 },
};

/** What a value of each unit looks like, for those who mistyped one. */
export const EXAMPLES: Readonly<Record<Unit, string>> = {
  size: "2048, >2k or 1k..4k",
  duration: "500ms, >2s or 1s..5s",
  count: "3, >2 or 10..20",
};

/** A number with its unit, in characters, milliseconds or one; undefined when it is none. */
export function readQuantity(text: string, unit: Unit): number | undefined {
  const [, number, suffix = ""] = /^(\d{1,16}(?:\.\d{1,6})?)([a-z]{0,2})$/i.exec(text) ?? [];
  const factor = UNITS[unit][suffix.toLowerCase()];
  if (number === undefined || factor === undefined) return undefined;
  const quantity = Math.round(Number(number) * factor * 1e6) / 1e6;
  return quantity <= Number.MAX_SAFE_INTEGER ? quantity : undefined;
}

/** `>2k`, `<=500ms`, `10..20`, `3`, `..4k`; undefined when it is no such thing. */
export function readComparison(text: string, unit: Unit): Comparison | undefined {
  const range = /^(.*?)\.\.(.*)$/.exec(text);
  if (range) return readRange(range[1] ?? "", range[2] ?? "", unit);
  const [, comparator, rest = ""] = /^(>=|<=|>|<|=)?(.*)$/s.exec(text) ?? [];
  const value = readQuantity(rest, unit);
  if (value === undefined) return undefined;
  // No write takes exactly 500 ms.
  const bare = unit === "duration" ? ">=" : "=";
  return { comparator: (comparator as Comparator | undefined) ?? bare, value };
}

function readRange(start: string, end: string, unit: Unit): Comparison | undefined {
  const low = start === "" ? 0 : readQuantity(start, unit);
  const high = readQuantity(end, unit);
  if (low === undefined) return undefined;
  if (end === "") return start === "" ? undefined : { comparator: ">=", value: low };
  return high === undefined ? undefined : { comparator: "..", value: low, end: high };
}

/** Whether a number passes. */
export function compares(number: number, comparison: Comparison): boolean {
  const { value } = comparison;
  switch (comparison.comparator) {
    case "=":
      return number === value;
    case "!=":
      return number !== value;
    case ">":
      return number > value;
    case ">=":
      return number >= value;
    case "<":
      return number < value;
    case "<=":
      return number <= value;
    case "..":
      return number >= value && number <= comparison.end;
  }
}
