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

/** The field that the constructor of daily-js sets in every version read (0.9 to 0.92), early and plainly. */
const FIELD = "_callObjectMode";

/** Set on our accessor, so that a second run of the hook in one page finds the first. */
const RECONNECT = Symbol.for("inspector-for-daily:reconnect");

type CallRegistry = {
  /** `"second-run"`: an earlier run of the hook was told to `reconnect`. `"refused"`: the page allows no accessor. */
  readonly outcome: "installed" | "second-run" | "refused";
  /** Whether the accessor is still there. SES `lockdown()`, for one, removes what it doesn't know. */
  isArmed(): boolean;
};

/**
 * Finds Daily call objects while they are constructed, by an accessor on `Object.prototype` for a field that their
 * constructor sets: daily-js keeps its instances private, so there is no other way to them in a bundled app. `found`
 * must not throw.
 */
export function installCallRegistry(
  found: (call: DailyCall, isCallObjectMode: boolean) => void,
  reconnect: () => void,
): CallRegistry {
  // oxlint-disable-next-line typescript/unbound-method -- read for what is attached to it, never called
  const currentSetter = () => getOwnPropertyDescriptor(prototype, FIELD)?.set;
  const earlier = currentSetter();
  const again: unknown = earlier && get(earlier, RECONNECT);
  if (typeof again === "function") {
    apply(again, undefined, []);
    return { outcome: "second-run", isArmed: () => true };
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

  const isInstalled = defineProperty(
    prototype,
    FIELD,
    descriptor({ get: () => undefined, set, configurable: true }),
  );
  return {
    outcome: isInstalled ? "installed" : "refused",
    isArmed: () => currentSetter() === set,
  };
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
