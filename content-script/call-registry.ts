import type { DailyCall } from "./daily-call";

/** The field that the constructor of daily-js sets in every version read (0.9 to 0.92), early and plainly. */
const FIELD = "_callObjectMode";

/** Set on our accessor, so that a second run of the hook in one page finds the first. */
const RECONNECT = Symbol.for("inspector-for-daily:reconnect");

/**
 * Finds Daily call objects while they are constructed, by an accessor on `Object.prototype` for a field that their
 * constructor sets: daily-js keeps its instances private, so there is no other way to them in a bundled app.
 * Answers `"installed"`, `"second-run"` (an earlier run of the hook was told to `reconnect`), or `"refused"`.
 */
export function installCallRegistry(
  found: (call: DailyCall, isCallObjectMode: boolean) => void,
  reconnect: () => void,
): "installed" | "second-run" | "refused" {
  // oxlint-disable-next-line typescript/unbound-method -- read for what is attached to it, never called
  const earlier = Object.getOwnPropertyDescriptor(Object.prototype, FIELD)?.set;
  const again: unknown = earlier && Reflect.get(earlier, RECONNECT);
  if (typeof again === "function") {
    Reflect.apply(again, undefined, []);
    return "second-run";
  }

  const seen = new WeakSet<object>();
  function set(this: unknown, value: unknown): void {
    if (!isObject(this)) return;
    // What a plain assignment would have done. It stays silent for frozen objects, like one in sloppy code.
    Reflect.defineProperty(this, FIELD, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
    if (seen.has(this) || !isCallObject(this)) return;
    seen.add(this);
    found(this, value === true);
  }
  Object.defineProperty(set, RECONNECT, { value: reconnect });

  const isInstalled = Reflect.defineProperty(Object.prototype, FIELD, {
    get: () => undefined,
    set,
    enumerable: false,
    configurable: true,
  });
  return isInstalled ? "installed" : "refused";
}

/** The call object of an app that loads daily-js by script tag, for a hook that came too late to see it constructed. */
export function findExistingCall(): DailyCall | undefined {
  try {
    const { Daily } = window as { Daily?: { getCallInstance?: () => unknown } };
    const call = Daily?.getCallInstance?.();
    return isCallObject(call) ? call : undefined;
  } catch {
    return undefined;
  }
}

/** By its methods, because minified classes have no name to go by. */
function isCallObject(value: unknown): value is DailyCall {
  return (
    isObject(value) &&
    ["emit", "listenerCount", "sendAppMessage"].every(
      (name) => typeof Reflect.get(value, name) === "function",
    )
  );
}

const isObject = (value: unknown): value is object => Object(value) === value;
