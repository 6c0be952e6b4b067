import type { Loss } from "../extension/protocol/event";
import { clip } from "../extension/protocol/bounds";
import {
  apply,
  get,
  getPrototypeOf,
  isArray,
  isFinite,
  keys,
  ownKeys,
  prototype,
} from "./primordials";

/** What one call may cost: more places, levels or losses are not looked at. */
const MAX_PLACES = 1_000;
const MAX_DEPTH = 20;
const MAX_LOSSES = 5;
const MAX_KEY = 100;

// oxlint-disable-next-line typescript/unbound-method -- called on what is looked at
const { toString } = prototype;

/**
 * What JSON leaves out or changes in a value, with the place of each; the first few. Reads it once more. An instance of
 * a class counts as `Object` where JSON loses the methods of its class; its own keys are looked into either way. What an
 * app gave a `toJSON` means what that says. Top-level `undefined` may be wanted: session data is deleted so.
 */
export function findLosses(value: unknown, deletesByUndefined: boolean): Loss[] {
  const losses: Loss[] = [];
  const path: (string | number)[] = [];
  let places = 0;

  function visit(node: unknown): void {
    if (++places > MAX_PLACES || path.length > MAX_DEPTH || losses.length === MAX_LOSSES) return;
    if (typeof node === "object" && node !== null) visitObject(node);
    else if (typeof node === "number") {
      if (!isFinite(node)) add(String(node));
    } else if (typeof node === "undefined") {
      if (!deletesByUndefined || path.length !== 1) add("undefined");
    } else if (typeof node === "function" || typeof node === "symbol") {
      add(typeof node);
    }
  }

  function visitObject(node: object): void {
    if (isArray(node)) {
      const list = node as readonly unknown[];
      for (let i = 0; i < list.length && places <= MAX_PLACES; i++) visitAt(i, list[i]);
      return;
    }
    const tag = tagOf(node);
    if (tag !== "Object") return add(tag);
    if (typeof get(node, "toJSON") === "function") return;
    if (hasMethods(node)) add(tag);
    const names = keys(node);
    for (let i = 0; i < names.length && places <= MAX_PLACES; i++) {
      const key = names[i] as string;
      visitAt(key, get(node, key));
    }
  }

  function visitAt(key: string | number, node: unknown): void {
    path[path.length] = key;
    visit(node);
    path.length--;
  }

  function add(kind: string): void {
    const place: (string | number)[] = [];
    for (let i = 0; i < path.length; i++) {
      const step = path[i] as string | number;
      place[i] = typeof step === "string" ? clip(step, MAX_KEY) : step;
    }
    losses[losses.length] = { path: place, kind: clip(kind, MAX_KEY) };
  }

  visit(value);
  return losses;
}

/**
 * Whether a class gave an object more than its data, which JSON keeps. The last prototype of the chain is `Object`'s, of
 * this frame or another.
 */
function hasMethods(node: object): boolean {
  let each = getPrototypeOf(node);
  // A proxy can have a chain without an end.
  for (let i = 0; each && i < MAX_DEPTH; each = getPrototypeOf(each), i++) {
    if (getPrototypeOf(each) === null) return false;
    const names = ownKeys(each);
    if (names.length > 1 || (names.length === 1 && names[0] !== "constructor")) return true;
  }
  return false;
}

/** `Date`, `Map`, `Promise`, …; `Object` for plain objects and instances of the app's own classes. */
const tagOf = (node: object): string => (apply(toString, node, []) as string).slice(8, -1);
