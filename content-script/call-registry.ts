import {
  apply,
  defineProperty,
  descriptor,
  get,
  getOwnPropertyDescriptor,
  hasOwn,
  isObject,
  prototype,
  startTimer,
} from "./primordials";
import { FIELD, RECONNECT_KEY } from "../extension/protocol/envelope";
import type { DailyCall } from "./daily-call";

const CHECK_MS = 1_000;

/**
 * Says so when a page has removed the accessor by which calls are found (SES `lockdown()` does) and uses Daily, which
 * leaves a global `_daily` (0.59 and newer). A page that leaves the accessor alone pays for one look; the others for one
 * a second, in their first five minutes.
 */
export function watchForBlindness(isArmed: () => boolean, say: (reason: string) => void): void {
  let checks = 300;
  function check(): void {
    if (isArmed()) return;
    if (hasOwn(window, "_daily")) say("a script (SES lockdown?) removed what finds calls");
    else if (--checks > 0) startTimer(check, CHECK_MS);
  }
  window.addEventListener("load", check);
}

/** Set on our accessor, so that a second run of the hook in one page finds the first. */
const RECONNECT = Symbol.for(RECONNECT_KEY);

/**
 * Finds Daily call objects while they are constructed, by an accessor on `Object.prototype` for a field that their
 * constructor sets in every version read (0.9 to 0.92), early and plainly: daily-js keeps its instances private, so there is no other way to them in a bundled app. `found`
 * must not throw. Returns whether the accessor is there: a page may allow none, and SES `lockdown()`, for one, removes
 * what it doesn't know. Undefined where an earlier run of the hook is there already: that one was told to `reconnect`.
 */
export function installCallRegistry(
  found: (call: DailyCall, isCallObjectMode: boolean) => void,
  reconnect: () => void,
): (() => boolean) | undefined {
  // oxlint-disable-next-line typescript/unbound-method -- read for what is attached to it, never called
  const currentSetter = () => getOwnPropertyDescriptor(prototype, FIELD)?.set;
  const earlier = currentSetter();
  const again: unknown = earlier && get(earlier, RECONNECT);
  if (typeof again === "function") {
    apply(again, undefined, []);
    return undefined;
  }

  function set(this: unknown, value: unknown): void {
    if (!isObject(this)) return;
    // What a plain assignment would have done. It stays silent for frozen objects, like one in sloppy code.
    defineProperty(
      this,
      FIELD,
      descriptor({ value, writable: true, enumerable: true, configurable: true }),
    );
    if (isCallObject(this)) found(this, value === true);
  }
  defineProperty(set, RECONNECT, descriptor({ value: reconnect }));

  defineProperty(prototype, FIELD, descriptor({ get: () => undefined, set, configurable: true }));
  return () => currentSetter() === set;
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

/** By its methods, because minified classes have no name to go by. A page's getter may throw. */
function isCallObject(value: unknown): value is DailyCall {
  try {
    return (
      isObject(value) &&
      typeof get(value, "listenerCount") === "function" &&
      typeof get(value, "sendAppMessage") === "function"
    );
  } catch {
    return false;
  }
}
