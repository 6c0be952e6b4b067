import type { ErrorInfo } from "../extension/protocol/event";
import { redactSecrets } from "../extension/protocol/redact";

const MAX_MESSAGE = 4_000;
const MAX_STACK = 8_000;
const OWN_FRAME = /\b(?:chrome|moz)-extension:\/\//;

/** What was thrown, as text. Anything can be thrown, so nothing is trusted to be an `Error`. Never throws. */
export function describeError(thrown: unknown): ErrorInfo {
  try {
    if (typeof thrown !== "object" || thrown === null) {
      return { name: typeof thrown, message: clip(String(thrown), MAX_MESSAGE) };
    }
    const { name, message, stack } = thrown as Partial<Record<string, unknown>>;
    return {
      name: clip(typeof name === "string" ? name : "Error", MAX_MESSAGE),
      message: clip(
        redactSecrets(typeof message === "string" ? message : "(no message)"),
        MAX_MESSAGE,
      ),
      ...(typeof stack === "string" ? { stack: framesOf(stack) } : {}),
    };
  } catch {
    return { name: "Error", message: "an error that cannot be described" };
  }
}

/** What was asked last: calls from one place in a row have one stack. */
let known = { stack: "", frames: "" };

/** The page's frames of a stack text: without the header of V8 and without our own frames. */
export function framesOf(stack: string): string {
  if (stack !== known.stack) known = { stack, frames: readFrames(stack) };
  return known.frames;
}

function readFrames(stack: string): string {
  const frames = stack
    .split("\n")
    .filter((line) => /^\s*at |@/.test(line) && !OWN_FRAME.test(line));
  return clip(redactSecrets(frames.map((line) => line.trim()).join("\n")), MAX_STACK);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
