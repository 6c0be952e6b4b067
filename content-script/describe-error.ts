import type { Outbox } from "./outbox";
import { clip, clipText } from "../extension/protocol/bounds";
import type { ErrorInfo } from "../extension/protocol/event";
import { redactSecrets } from "../extension/protocol/redact";

type CaptureStackTrace = (holder: object, above: unknown) => void;

// Taken before the page could replace it. Older Firefox has none.
const { captureStackTrace } = Error as { captureStackTrace?: CaptureStackTrace };

/**
 * Notes who called a function, and returns how to make text of it, which is the expensive part. Frames from the function on
 * are left out: they are ours, and would take the place of the page's among the few that are kept.
 */
export function traceAbove(called: unknown): () => string {
  const holder: { stack?: unknown } = captureStackTrace ? {} : new Error();
  captureStackTrace?.(holder, called);
  return () => framesOf(String(holder.stack));
}

/** One fault in a place that runs for every event must not fill the log with itself. */
const MAX_REPORTS = 20;

/** Puts what goes wrong in our own capture into the log, a bounded number of times. Never throws. */
export function createProblemReporter(
  outbox: Outbox,
): (where: string, error: unknown, callId: string) => void {
  let reports = 0;
  return (where, error, callId) => {
    if (++reports > MAX_REPORTS) return;
    try {
      const { name, message } = describeError(error);
      outbox.push({ kind: "capture-problem", callId, where, message: `${name}: ${message}` });
    } catch {
      // It runs where the page would get what is thrown here.
    }
  };
}

const MAX_MESSAGE = 4_000;
const MAX_STACK = 8_000;
const FRAME = /^\s*at |@/;
/** Frames are known by the name of the script, in every browser and in Playwright's pages. */
const OWN_FRAME = /inspector-for-daily-hook/;

/** What was thrown, as text. Anything can be thrown, so nothing is trusted to be an `Error`. Never throws. */
export function describeError(thrown: unknown): ErrorInfo {
  try {
    if (typeof thrown !== "object" || thrown === null) {
      return { name: typeof thrown, message: clip(String(thrown), MAX_MESSAGE) };
    }
    const { name, message, stack } = thrown as Partial<Record<string, unknown>>;
    const described = {
      name: clipText(name, MAX_MESSAGE) ?? "Error",
      message: redactSecrets(clipText(message, MAX_MESSAGE) ?? "(no message)"),
    };
    return typeof stack === "string" ? { ...described, stack: framesOf(stack) } : described;
  } catch {
    return { name: "Error", message: "(no description)" };
  }
}

/** What was asked last: calls from one place in a row have one stack. */
let known = { stack: "", frames: "" };

/** The page's frames of a stack text: without the header of V8 and without our own frames. */
function framesOf(stack: string): string {
  if (stack !== known.stack) known = { stack, frames: readFrames(stack) };
  return known.frames;
}

function readFrames(stack: string): string {
  // A page may put anything of any length where its stack belongs.
  const frames = clip(stack, 10 * MAX_STACK)
    .split("\n")
    .filter((line) => FRAME.test(line) && !OWN_FRAME.test(line));
  return clip(redactSecrets(frames.map((line) => line.trim()).join("\n")), MAX_STACK);
}
