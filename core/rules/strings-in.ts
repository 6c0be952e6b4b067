/** A text in a value, and where: `poll.votes[2]`. The key is the nearest name above it. */
export type PlacedText = { readonly path: string; readonly key: string; readonly text: string };

/** So many places are looked into, and so deep. */
const MAX_PLACES = 5_000;
const MAX_DEPTH = 50;

/** The texts of a value, in order. */
export function stringsIn(value: unknown): PlacedText[] {
  const found: PlacedText[] = [];
  let places = 0;
  function visit(node: unknown, path: string, key: string, depth: number): void {
    if (++places > MAX_PLACES || depth > MAX_DEPTH) return;
    if (typeof node === "string") found.push({ path, key, text: node });
    else if (Array.isArray(node))
      node.forEach((each: unknown, index) => visit(each, `${path}[${index}]`, key, depth + 1));
    else if (typeof node === "object" && node !== null)
      for (const [name, each] of Object.entries(node))
        visit(each, path === "" ? name : `${path}.${name}`, name, depth + 1);
  }
  visit(value, "", "", 0);
  return found;
}
