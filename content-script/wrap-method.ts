/** Told of the end of one call. */
export type CallObserver = {
  /** Gets what the method returned and gives what the caller shall get: the same, or a promise that settles the same. */
  returned(value: unknown): unknown;
  threw(error: unknown): void;
};

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Replaces `target[name]` by an own method that keeps `this`, arguments, return value and exceptions, and tells
 * `observe` of each call, and by which function, before it happens. Whatever the observer throws goes to `report`, never to the caller.
 * Answers whether there was such a method.
 */
export function wrapMethod(
  target: object,
  name: string,
  observe: (args: readonly unknown[], wrapper: unknown) => CallObserver | undefined,
  report: (error: unknown) => void,
): boolean {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== "function") return false;
  const method = original as Method;

  // In a class: like Daily's own methods it is then no constructor, and strict even in a classic script, where sloppy
  // code would make `window` out of a missing `this`.
  class Replacement {
    wrapper(this: unknown, ...args: unknown[]): unknown {
      let observer: CallObserver | undefined;
      try {
        observer = observe(args, wrapper);
      } catch (error) {
        report(error);
      }
      if (!observer) return Reflect.apply(method, this, args);

      let value: unknown;
      try {
        value = Reflect.apply(method, this, args);
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
  }
  // oxlint-disable-next-line typescript/unbound-method -- `this` is whatever the caller gives
  const { wrapper } = Replacement.prototype;
  Object.defineProperties(wrapper, {
    name: { value: method.name, configurable: true },
    length: { value: method.length, configurable: true },
  });
  // Not enumerable, like the method of the prototype that it stands for.
  return Reflect.defineProperty(target, name, {
    value: wrapper,
    writable: true,
    configurable: true,
  });
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
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined | null)?.then === "function";
}
