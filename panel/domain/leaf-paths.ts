/** A place in a JSON value: keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** So many places are offered; a value with more is edited as text. */
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

/** The same value with another one at a place; what lies beside the way there stays as it is. */
export function withValueAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) =>
      index === step ? withValueAt(each, rest, replacement) : each,
    );
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === step ? withValueAt(each, rest, replacement) : (each as unknown),
    ]),
  );
}

/** What a value holds at a place. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, step)
        ? Reflect.get(node, step)
        : undefined,
    value,
  );
}
