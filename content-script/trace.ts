import { framesOf } from "./describe-error";

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
