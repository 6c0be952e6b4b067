import type { Path } from "./value-at";

/** One difference between two JSON values. */
export type Difference = {
  readonly kind: "added" | "changed" | "removed";
  /** As in code: `poll.votes[2]`; empty where the whole value differs. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

/** What one has to do to `before` to get `after`, in the order of their keys. Own keys only, whatever their names. */
export function differences(before: unknown, after: unknown): Difference[] {
  try {
    return compare(before, after, []);
  } catch {
    // Too deep to be compared place by place.
    return [{ kind: "changed", path: "", before, after }];
  }
}

function compare(before: unknown, after: unknown, path: Path): Difference[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return [difference(before, after, path)];
  const kept = Object.keys(before).flatMap((key) =>
    compare(before[key], Object.hasOwn(after, key) ? after[key] : undefined, [
      ...path,
      Array.isArray(before) ? Number(key) : key,
    ]),
  );
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  return [
    ...kept,
    ...added.map((key) =>
      difference(undefined, after[key], [...path, Array.isArray(after) ? Number(key) : key]),
    ),
  ];
}

/** JSON has no `undefined`, so it stands for what is not there. */
function difference(before: unknown, after: unknown, path: Path): Difference {
  const at = pathText(path);
  if (before === undefined) return { kind: "added", path: at, after };
  if (after === undefined) return { kind: "removed", path: at, before };
  return { kind: "changed", path: at, before, after };
}

/** A place written as in code: `poll.votes[2]`. */
export function pathText(steps: Path): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") return `${path}[${step}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
