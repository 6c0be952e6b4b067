import { createMachine } from "./machine";
import type { MediaStore } from "./media-store";

/** What daily-js and the bundle share in a page. Which parts exist depends on the version of daily-js. */
type LoaderGlobals = {
  /** From 0.59 on: call objects that wait for the bundle, and what the bundle made for them. */
  _daily?: { pendings: string[]; instances: Record<string, LoadedInstance | undefined> };
  /** Up to 0.58: the one call object that waits. Still there, but not for this, up to 0.64. */
  _dailyConfig?: { callFrameId?: string };
  /** Up to 0.58: called instead of loading the bundle again. */
  _dailyCallObjectSetup?: (callFrameId: string) => void;
  /** Up to 0.61: read as a bare global. */
  store?: MediaStore["store"];
};

type LoadedInstance = {
  /** Set by daily-js from 0.65 on. */
  tracks?: unknown;
  callMachine?: { reset(): void; store: MediaStore["store"] };
  /** Up to 0.61, instead of `callMachine`. */
  resetCallMachine?: () => void;
};

const page = window as unknown as LoaderGlobals;

/** Gives every call object that waits for this bundle its machine. */
export function installMachines(): void {
  if (page._daily) installForInstances(page._daily);
  else if (page._dailyConfig?.callFrameId) installForFrame(page._dailyConfig.callFrameId);
}

function installForInstances({ pendings, instances }: NonNullable<LoaderGlobals["_daily"]>): void {
  for (const id of pendings.splice(0)) {
    const instance = (instances[id] ??= {});
    // A load that was cancelled and repeated runs the bundle twice for the same call object.
    if (instance.callMachine) {
      instance.callMachine.reset();
      continue;
    }
    const isLegacy = !("tracks" in instance);
    const machine = createMachine({ key: isLegacy ? "callFrameId" : "callClientId", id });
    if (isLegacy) page.store = machine.store;
    instance.callMachine = { reset: machine.reset, store: machine.store };
    instance.resetCallMachine = machine.reset;
    machine.start();
  }
}

function installForFrame(callFrameId: string): void {
  const machine = createMachine({ key: "callFrameId", id: callFrameId });
  page.store = machine.store;
  page._dailyCallObjectSetup = () => machine.reset();
  machine.start();
}
