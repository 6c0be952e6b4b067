/** A place in a JSON value: keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** What a value holds at a place; undefined where there is no such place. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, step)
        ? Reflect.get(node, step)
        : undefined,
    value,
  );
}

/**
 * The same value with another one at a place, which is added where only its last step is new. What lies beside the way
 * there stays as it is, and so does everything when the way there does not exist.
 */
export function withValueAt(value: unknown, path: Path, replacement: unknown): unknown {
  return changedAt(value, path, (entries, step) =>
    entries.some(([key]) => key === step)
      ? entries.map(([key, each]) => [key, key === step ? replacement : each])
      : [...entries, [step, replacement]],
  );
}

/** The same value without a place; undefined without the root. Later items of an array move up. */
export function withoutValueAt(value: unknown, path: Path): unknown {
  return changedAt(value, path, (entries, step) => entries.filter(([key]) => key !== step));
}

type Entries = readonly (readonly [step: string | number, value: unknown])[];

/** Entries are copied one by one, so that a key like `__proto__` stays an ordinary key. */
function changedAt(
  value: unknown,
  [step, ...rest]: Path,
  change: (entries: Entries, step: string | number) => Entries,
): unknown {
  if (step === undefined) return change([], "").at(0)?.[1];
  if (typeof value !== "object" || value === null) return value;
  const entries: Entries = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each] as const)
    : Object.entries(value);
  const changed =
    rest.length === 0
      ? change(entries, step)
      : entries.map(
          ([key, each]) => [key, key === step ? changedAt(each, rest, change) : each] as const,
        );
  return Array.isArray(value) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
}

/** A path as it is written; a step that is no plain name goes in brackets. */
export function printPath(path: Path): string {
  return path
    .map((step, index) => {
      if (step === "*") return "[*]";
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step))
        return `["${step.replace(/["\\]/g, String.raw`\$&`)}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
