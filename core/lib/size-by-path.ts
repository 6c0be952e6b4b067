/** How much of a JSON text one place in it takes. */
export type PathSize = {
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
