// Runs in the page's own world before its first script. No exports: they would become globals of the page.
import type { Command } from "../extension/protocol/command";
import { findExistingCall, installCallRegistry } from "./call-registry";
import type { DailyCall } from "./daily-call";
import { createHandover } from "./handover";
import { type ObservedCall, observeCall } from "./observe-call";
import { createOutbox } from "./outbox";
import { createProblemReporter } from "./report-problem";

const calls = new Set<ObservedCall>();
// Bound now, before the page can put a clock of its own in its place.
const startTimer = window.setTimeout.bind(window);
const { timeOrigin } = performance;

const outbox = createOutbox({
  now: () => timeOrigin + performance.now(),
  later: (run, delayMs) => void startTimer(run, delayMs),
  onHistoryLost: () => calls.forEach((call) => call.snapshot()),
});
const handover = createHandover(outbox, perform);
const report = createProblemReporter(outbox);

function observe(call: DailyCall, isCallObjectMode: boolean): ObservedCall | undefined {
  try {
    const observed = observeCall(call, isCallObjectMode, {
      outbox,
      announced: handover.announce,
      destroyed: () => calls.delete(observed),
      report,
    });
    calls.add(observed);
    return observed;
  } catch (error) {
    report("observe", error, "");
    return undefined;
  }
}

function perform(command: Command): void {
  const { callId, commandId } = command;
  for (const call of calls) if (call.hasId(callId)) return call.perform(command);
  const message = "The page has let go of this call.";
  outbox.push({ kind: "command-failed", callId, commandId, message });
}

const registry = installCallRegistry(observe, handover.renew);

if (registry === "refused") {
  report(
    "install",
    new Error("this page does not let Object.prototype be extended, so calls stay unseen"),
    "",
  );
  handover.announce();
}
if (registry === "installed" && document.readyState !== "loading") {
  const call = findExistingCall();
  if (call) observe(call, call._callObjectMode === true)?.snapshot();
}
