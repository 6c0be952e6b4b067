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

/** Goes through work that stops now and then, with pauses, so that no task takes long. Returns what it comes to. */
export async function finishInSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTask();
  }
}

type Compare<T> = (a: T, b: T) => number;

/** Short enough to be sorted in a millisecond or two. */
const RUN = 2_048;

/**
 * Sorts like `toSorted()`, equal ones in their order, but stops now and then: each `yield` is a place to pause at.
 * The browser's own sort of a million rows would freeze the panel for seconds.
 */
export function* sortInSlices<T>(items: readonly T[], compare: Compare<T>): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [left, right] = [runs[at] as T[], runs[at + 1]];
      merged.push(right ? yield* mergeInSlices(left, right, compare) : left);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Two sorted lists as one; of equal ones, those of the first come first. */
export function* mergeInSlices<T>(
  left: readonly T[],
  right: readonly T[],
  compare: Compare<T>,
): Generator<void, T[]> {
  const merged: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l] as T, right[r] as T];
    if (compare(b, a) < 0) {
      merged.push(b);
      r++;
    } else {
      merged.push(a);
      l++;
    }
    if (merged.length % RUN === 0) yield;
  }
  // In pieces, too: one call with a million arguments would not fit the stack.
  for (; l < left.length; l++) merged.push(left[l] as T);
  for (; r < right.length; r++) merged.push(right[r] as T);
  return merged;
}

/** Tells work that can stop whether it should. */
export type IsTimeUp = () => boolean;

/** What is followed: its numbers ascend, without gaps to rely on. */
type Indexed = { readonly index: number };

type Handlers<T> = {
  /** Takes in one item, in the order of the list. */
  readonly take: (item: T) => void;
  /** Begins again, with nothing taken in. */
  readonly startOver: () => void;
  /** Items before this index went away. Without it, that is a reason to begin again. */
  readonly dropBefore?: (index: number) => void;
};

type Follower<T> = {
  startOver(): void;
  /** Takes in what was appended since the last time, until time is up. Returns whether it has seen all. */
  advance(list: readonly T[], isTimeUp: IsTimeUp): boolean;
};

/** So many items are taken in between two looks at the clock. */
const STEP = 64;

/**
 * Follows a list that grows at its end and may lose its oldest items, looking at each once. Another list is started from
 * its first item.
 */
export function createFollower<T extends Indexed>({
  take,
  startOver,
  dropBefore,
}: Handlers<T>): Follower<T> {
  let source: readonly T[] | undefined;
  /** The first item that was there when it was looked at last; and the next one to look at. */
  let first: number | undefined;
  let next = 0;

  function begin(): void {
    first = undefined;
    next = 0;
    startOver();
  }

  return {
    startOver: begin,
    advance(list, isTimeUp) {
      if (source && list !== source) begin();
      source = list;
      const oldest = list[0]?.index;
      if (first !== undefined && oldest !== first) {
        if (dropBefore) dropBefore(oldest ?? next);
        else begin();
      }
      first = oldest;
      let at = placeOf(list, next);
      while (at < list.length) {
        const end = Math.min(list.length, at + STEP);
        for (; at < end; at++) take(list[at] as T);
        next = (list[at - 1] as T).index + 1;
        if (isTimeUp()) break;
      }
      return at >= list.length;
    },
  };
}

/** Where the item with this index is in an ascending list, or the next one after it. */
export function placeOf(list: readonly Indexed[], index: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Indexed).index < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
