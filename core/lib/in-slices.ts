/** Short enough that no one waits for it. */
const SLICE_MS = 8;

/** Lets the browser do something else in between; not by a timer, which a panel that is not in front gets once a second. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Calls `each` for every item, with pauses, so that no task takes long. After each slice it asks whether to go on.
 * Returns whether it came to the end.
 */
export async function inSlices<T>(
  items: readonly T[],
  each: (item: T) => void,
  afterSlice: (done: number) => boolean = () => true,
): Promise<boolean> {
  let at = 0;
  while (at < items.length) {
    const end = performance.now() + SLICE_MS;
    do each(items[at++] as T);
    while (at < items.length && performance.now() < end);
    if (!afterSlice(at)) return false;
    if (at < items.length) await nextTask();
  }
  return true;
}
