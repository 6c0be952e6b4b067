import {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  descriptor,
  get,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isObject,
} from "./primordials";

/** Hears the end of one call. */
export type CallObserver = {
  /** Gets what the method returned and gives what the caller shall get: the same, or a promise that settles the same. */
  returned(value: unknown): unknown;
  threw(error: unknown): void;
};

/** Asked of each call before it happens. `called` is the function that the page called, on `self`. */
export type Observe = (
  self: unknown,
  args: readonly unknown[],
  called: unknown,
) => CallObserver | undefined;

/** What a page can see of a function besides what it does. */
const SEEN = ["name", "length", "prototype"];

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a method in the place of `holder[name]` that keeps `this`, arguments, return value and exceptions. For each call
 * it asks `observe` for an observer; whatever that or an observer throws goes to `report`, never to the caller. A
 * method that `holder` only inherits is looked up at each call, so that a page that patches it later gets its patch.
 * Returns the way to put the old one back, which leaves alone what others have put in its place since; undefined when
 * there is no such method or it can't be replaced.
 */
export function wrapMethod(
  holder: object,
  name: string,
  observe: Observe,
  report: (error: unknown) => void,
): (() => void) | undefined {
  const original: unknown = get(holder, name);
  if (typeof original !== "function") return undefined;
  const own = getOwnPropertyDescriptor(holder, name);
  const current = () => (own ? original : get(getPrototypeOf(holder) as object, name)) as Method;

  function call(self: unknown, args: unknown[]): unknown {
    let observer: CallObserver | undefined;
    try {
      observer = observe(self, args, wrapper);
    } catch (error) {
      report(error);
    }
    if (!observer) return apply(current(), self, args);

    let value: unknown;
    try {
      value = apply(current(), self, args);
    } catch (error) {
      try {
        observer.threw(error);
      } catch (problem) {
        report(problem);
      }
      throw error;
    }
    try {
      return observer.returned(value);
    } catch (problem) {
      report(problem);
      return value;
    }
  }

  const wrapper = standIn(hasOwn(original, "prototype"), call, current);
  for (let i = 0; i < SEEN.length; i++) {
    const seen = getOwnPropertyDescriptor(original, SEEN[i] as string);
    if (seen) defineProperty(wrapper, SEEN[i] as string, descriptor(seen));
  }
  const isWrapped = defineProperty(
    holder,
    name,
    descriptor({
      value: wrapper,
      writable: true,
      enumerable: isEnumerable(holder, name),
      configurable: true,
    }),
  );
  if (!isWrapped) return undefined;
  return () => {
    if (getOwnPropertyDescriptor(holder, name)?.value !== wrapper) return;
    if (own) defineProperty(holder, name, descriptor(own));
    else deleteProperty(holder, name);
  };
}

/**
 * A function that does what `call` says: like a method of a class, no constructor; or like a function of older code. In
 * a class, for there code is strict even in a classic script, where sloppy code would make `window` of a missing `this`.
 */
function standIn(
  isFunction: boolean,
  call: (self: unknown, args: unknown[]) => unknown,
  current: () => Method,
): Method {
  class StandIn {
    method(this: unknown, ...args: unknown[]): unknown {
      return call(this, args);
    }
    static make(): Method {
      return function (...args) {
        return new.target ? construct(current(), args) : call(this, args);
      };
    }
  }
  // oxlint-disable-next-line typescript/unbound-method -- `this` is whatever the caller gives
  return isFunction ? StandIn.make() : StandIn.prototype.method;
}

/** Whether `for…in` shows a property, wherever in the chain of prototypes it is. */
function isEnumerable(holder: object, name: string): boolean {
  for (let each: object | null = holder; each; each = getPrototypeOf(each)) {
    const found = getOwnPropertyDescriptor(each, name);
    if (found) return found.enumerable === true;
  }
  return false;
}

/**
 * Hears how a promise settles and returns the promise to hand on. It is a derived one on purpose: a listener on the
 * original would count as handling it, and the page's `unhandledrejection` would never come.
 */
export function watchPromise(
  value: unknown,
  settled: (outcome: { value: unknown } | { error: unknown }) => void,
): unknown {
  if (!isThenable(value)) return value;
  return value.then(
    (result: unknown) => {
      settled({ value: result });
      return result;
    },
    (error: unknown) => {
      settled({ error });
      throw error;
    },
  );
}

/** By shape, because pages replace `Promise` and daily-js may hold either one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof (value as { then?: unknown }).then === "function";
}
