import type { Loss } from "../extension/protocol/event";

/** What one call may cost: more places, levels or losses are not looked at. */
const MAX_PLACES = 1_000;
const MAX_DEPTH = 20;
const MAX_LOSSES = 5;
const MAX_KEY = 100;

const { getPrototypeOf, prototype } = Object;

/**
 * What JSON leaves out or changes in a value, with the place of each; the first few. Reads it once more, but for what
 * has a `toJSON` of its own, which means what it does. Top-level `undefined` may be wanted: session data is deleted so.
 */
export function findLosses(value: unknown, deletesByUndefined: boolean): Loss[] {
  const losses: Loss[] = [];
  const path: (string | number)[] = [];
  let places = 0;

  function visit(node: unknown): void {
    if (++places > MAX_PLACES || path.length > MAX_DEPTH || losses.length === MAX_LOSSES) return;
    if (typeof node === "object" && node !== null) {
      if (Array.isArray(node)) node.forEach((each, index) => visitAt(index, each));
      else if (isPlain(node)) visitKeys(node);
      else add(tagOf(node));
    } else if (typeof node === "number") {
      if (!Number.isFinite(node)) add(String(node));
    } else if (typeof node === "undefined") {
      if (!deletesByUndefined || path.length !== 1) add("undefined");
    } else if (typeof node === "function" || typeof node === "symbol") {
      add(typeof node);
    }
  }

  function visitKeys(node: object): void {
    if (typeof Reflect.get(node, "toJSON") === "function") return;
    for (const key of Object.keys(node)) visitAt(key.slice(0, MAX_KEY), Reflect.get(node, key));
  }

  function visitAt(key: string | number, node: unknown): void {
    path.push(key);
    visit(node);
    path.pop();
  }

  const add = (kind: string) => void losses.push({ path: [...path], kind: kind.slice(0, MAX_KEY) });

  visit(value);
  return losses;
}

/** Objects of another frame count as well: their prototype is the last of its chain, too. */
function isPlain(node: object): boolean {
  const parent: unknown = getPrototypeOf(node);
  return parent === null || parent === prototype || getPrototypeOf(parent as object) === null;
}

/** `Date`, `Map`, `Promise`, …; `Object` for an instance of the app's own class. */
const tagOf = (node: object): string => prototype.toString.call(node).slice(8, -1);
