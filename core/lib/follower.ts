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

export type Follower<T> = {
  startOver(): void;
  /** Takes in what was appended since the last time, until time is up. Returns whether it has seen all. */
  advance(list: readonly T[], isTimeUp: IsTimeUp): boolean;
};

/** So many items are taken in between two looks at the clock. */
const STEP = 64;

/**
 * Follows a list that grows at its end and may lose its oldest items, looking at each once. Another list is begun from
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
