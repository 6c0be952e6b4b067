import { useEffect, useState } from "preact/hooks";

const NOTHING = {};

/** From this length on (in characters) a text is looked into after a pause, not with each character. */
export const LARGE_TEXT = 20_000;

/** Whether a value has been the same for so long. Without a delay it has at once. */
export function useSettled(value: unknown, delayMs: number): boolean {
  const [settled, settle] = useState<unknown>(NOTHING);
  useEffect(() => {
    if (delayMs === 0) return undefined;
    const timer = setTimeout(() => settle(() => value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayMs === 0 || settled === value;
}
