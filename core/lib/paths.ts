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

/** A path as it is written; a step that isn't a plain name goes in brackets. */
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

/** So many places are told; a value with more is too large to choose from anyway. */
const MAX_LEAVES = 500;

/** The places of a value that hold no other values, in order. */
export function leafPaths(value: unknown): Path[] {
  const paths: Path[] = [];
  const waiting: { readonly node: unknown; readonly path: Path }[] = [{ node: value, path: [] }];
  for (let next = waiting.shift(); next && paths.length < MAX_LEAVES; next = waiting.shift()) {
    const { node, path } = next;
    const isContainer = typeof node === "object" && node !== null && Object.keys(node).length > 0;
    if (!isContainer) {
      paths.push(path);
      continue;
    }
    const steps = Array.isArray(node) ? node.map((_, index) => index) : Object.keys(node);
    waiting.unshift(
      ...steps.map((step) => ({ node: Reflect.get(node, step) as unknown, path: [...path, step] })),
    );
  }
  return paths;
}

/** One difference between two JSON values. */
export type Difference = {
  readonly kind: "added" | "changed" | "removed";
  /** As in code: `poll.votes[2]`; empty where the values differ at the top. */
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

/** How much of a JSON text one place in it takes. */
type PathSize = {
  /** As in code: `poll.votes[2]`. */
  readonly path: string;
  /** UTF-16 units of JSON text, the key and its colon included. */
  readonly chars: number;
};

/** So many places are looked into, and so deep; what lies beyond counts with what holds it. */
const MAX_PLACES = 20_000;
const MAX_DEPTH = 100;

/**
 * The places of a value that take most of its JSON text, largest first: the ones worth making smaller. A place is left
 * out when one inside it takes nearly all of it.
 */
export function largestPaths(value: unknown, count = 5): PathSize[] {
  const sizes: PathSize[] = [];
  let places = 0;

  function measure(node: unknown, path: string, keyChars: number, depth: number): number {
    const isOpen = ++places < MAX_PLACES && depth < MAX_DEPTH;
    const children = isOpen ? childrenOf(node, path) : undefined;
    let chars = keyChars;
    let largest = 0;
    if (children) {
      chars += 2 + Math.max(0, children.length - 1);
      for (const each of children) {
        const size = measure(each.node, each.path, each.keyChars, depth + 1);
        chars += size;
        largest = Math.max(largest, size);
      }
    } else {
      chars += jsonLength(node);
    }
    if (path !== "" && largest < chars * 0.9) sizes.push({ path, chars });
    return chars;
  }

  measure(value, "", 0, 0);
  return sizes.sort((a, b) => b.chars - a.chars).slice(0, count);
}

type Child = { readonly node: unknown; readonly path: string; readonly keyChars: number };

function childrenOf(node: unknown, path: string): Child[] | undefined {
  if (Array.isArray(node)) {
    return node.map((child: unknown, index) => ({
      node: child,
      path: `${path}[${index}]`,
      keyChars: 0,
    }));
  }
  if (typeof node !== "object" || node === null) return undefined;
  return Object.entries(node).map(([name, child]) => {
    const json = JSON.stringify(name);
    const isPlain = /^[A-Za-z_$][\w$]*$/.test(name);
    const step = isPlain ? (path === "" ? name : `.${name}`) : `[${json}]`;
    return { node: child as unknown, path: path + step, keyChars: json.length + 1 };
  });
}

function jsonLength(node: unknown): number {
  try {
    return (JSON.stringify(node) ?? "").length;
  } catch {
    return 0; // Too deep for JSON itself.
  }
}
