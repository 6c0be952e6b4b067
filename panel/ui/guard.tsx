import type { ComponentChildren } from "preact";
import { useEffect, useErrorBoundary } from "preact/hooks";

type Props = {
  /** What is shown; something else is tried afresh. */
  of?: unknown;
  children: ComponentChildren;
};

/** Keeps a fault in one view from taking the panel, and the log in it, along. */
export function Guard({ of, children }: Props) {
  const [error, reset] = useErrorBoundary() as [unknown, () => void];
  useEffect(reset, [of]);
  if (error === undefined) return <>{children}</>;
  return (
    <div class="empty" role="alert">
      <h2>This view could not be shown</h2>
      <p>{sentence(error instanceof Error ? error.message : "")} Nothing recorded is lost.</p>
      <button type="button" class="button" onClick={reset}>
        Try again
      </button>
    </div>
  );
}

/** An error's message as a sentence. */
const sentence = (message: string): string => {
  const text = message.trim() || "Something in it failed";
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
