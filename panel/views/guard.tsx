import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";

/** Keeps a fault in one view from taking the panel, and the log in it, along. */
export function Guard({ children }: { children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary() as [unknown, () => void];
  if (error === undefined) return <>{children}</>;
  return (
    <div class="empty" role="alert">
      <h2>This view could not be shown</h2>
      <p>
        {error instanceof Error ? error.message : "Something in it failed."} Nothing recorded is
        lost.
      </p>
      <button type="button" class="button" onClick={reset}>
        Try again
      </button>
    </div>
  );
}
