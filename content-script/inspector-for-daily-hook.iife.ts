// Runs in the page's own world before its first script. No exports: they would become globals of the page.
import type { Command } from "../extension/protocol/command";
import { findExistingCall, installCallRegistry, watchForBlindness } from "./call-registry";
import { createClock } from "./clock";
import type { DailyCall } from "./daily-call";
import { createHandover } from "./handover";
import { type ObservedCall, observeCall, leaveCalls, isOff } from "./observe-call";
import { createOutbox } from "./outbox";
import { startTimer, withItem, without } from "./primordials";
import { createProblemReporter } from "./describe-error";

let calls: readonly ObservedCall[] = [];

const outbox = createOutbox({
  now: createClock(),
  later(run, delayMs) {
    startTimer(() => {
      try {
        run();
      } catch (error) {
        report("sending", error, "");
      }
    }, delayMs);
  },
  onHistoryLost() {
    for (let i = 0; i < calls.length; i++) (calls[i] as ObservedCall).snapshot();
  },
});
const handover = createHandover(outbox, perform, stop);
const report = createProblemReporter(outbox);

/** Never throws: it runs inside the constructor of the page's call. */
function observe(call: DailyCall, isCallObjectMode: boolean): ObservedCall | undefined {
  if (isOff) return undefined;
  try {
    const observed = observeCall(call, isCallObjectMode, {
      outbox,
      announced: handover.announce,
      destroyed: () => void (calls = without(calls, observed)),
      report,
    });
    calls = withItem(calls, observed);
    return observed;
  } catch (error) {
    report("observe", error, "");
    return undefined;
  }
}

function perform(command: Command): void {
  const { callId, commandId } = command;
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i] as ObservedCall;
    if (call.hasId(callId)) return call.perform(command);
  }
  const message = "This call no longer exists.";
  outbox.push({ kind: "command-failed", callId, commandId, message });
}

function stop(): void {
  calls = [];
  outbox.stop();
  leaveCalls();
}

function sayBlind(reason: string): void {
  report("install", new Error(reason), "");
  handover.announce();
}

const isArmed = installCallRegistry(observe, handover.waitForRelay);

// A second run leaves this to the first, which was told.
if (isArmed) {
  handover.waitForRelay();
  if (isArmed()) watchForBlindness(isArmed, sayBlind);
  else sayBlind("this page forbids additions to Object.prototype");
  if (document.readyState !== "loading") {
    const call = findExistingCall();
    if (call) observe(call, call._callObjectMode === true)?.snapshot();
  }
}
