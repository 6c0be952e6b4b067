import type { Path } from "./value-at";

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
