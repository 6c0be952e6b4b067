/**
 * What the hook uses of the page's world after its start, taken before the first script of the page: whatever a page
 * puts in place of its builtins (another clock, a stricter `defineProperty`, a polyfill) neither changes what is
 * captured nor sees it.
 */
export const { apply, construct, defineProperty, deleteProperty, get, getPrototypeOf, ownKeys } =
  Reflect;
export const { assign, getOwnPropertyDescriptor, hasOwn, is, keys, prototype, values } = Object;
export const { isArray } = Array;
export const { isFinite, isSafeInteger } = Number;
const { now: dateNow } = Date;
const performanceNow = performance.now.bind(performance);
const { random } = Math;
export { dateNow, performanceNow, random };
export const startTimer = setTimeout.bind(globalThis);
export const startMicrotask = queueMicrotask.bind(globalThis);

/** A descriptor that inherits nothing: a page may have put a `get` on `Object.prototype`. */
export const descriptor = (fields: PropertyDescriptor): PropertyDescriptor =>
  assign({ __proto__: null }, fields);

/** Not to be made later than at the start: its methods become its own, whatever the page makes of the prototype's. */
export function createWeakMap<V>(): Pick<WeakMap<object, V>, "get" | "set"> {
  const map = new WeakMap<object, V>();
  // oxlint-disable-next-line typescript/unbound-method -- they stay methods of this map
  const { get, set } = map;
  return assign(map, { get, set });
}

export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** A list with one more at its end, and without one: by hand, for a page may have its own way with arrays. */
export function withItem<T>(list: readonly T[], item: T): readonly T[] {
  const all = without(list, item) as T[];
  all[all.length] = item;
  return all;
}
export function without<T>(list: readonly T[], item: T): readonly T[] {
  const left: T[] = [];
  for (let i = 0; i < list.length; i++) if (list[i] !== item) left[left.length] = list[i] as T;
  return left;
}
