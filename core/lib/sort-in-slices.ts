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
