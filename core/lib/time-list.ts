/** Things in the order of their times, so that any stretch of time can be looked at without going through all of it. */
export type TimeList<T> = {
  /** Epoch ms, ascending; those of `items`, place by place. */
  readonly times: readonly number[];
  readonly items: readonly T[];
  /** Costs nothing much for what comes roughly in order, as events do. */
  add(at: number, item: T): void;
  remove(at: number, item: T): void;
  /** Removes every item that fails a test. */
  keep(test: (item: T) => boolean): void;
};

/** A little less than a date can be at most (epoch ms): only a hostile page or file says that it is later. */
export const LAST_TIME = 8e15;

export function createTimeList<T>(): TimeList<T> {
  let times: number[] = [];
  let items: T[] = [];
  return {
    get times() {
      return times;
    },
    get items() {
      return items;
    },

    add(at, item) {
      const last = times.at(-1);
      if (last === undefined || last <= at) {
        times.push(at);
        items.push(item);
        return;
      }
      const place = firstAfter(times, at);
      times.splice(place, 0, at);
      items.splice(place, 0, item);
    },

    remove(at, item) {
      const place = items.indexOf(item, firstFrom(times, at));
      if (place < 0) return;
      times.splice(place, 1);
      items.splice(place, 1);
    },

    keep(test) {
      const isKept = items.map(test);
      times = times.filter((_, place) => isKept[place]);
      items = items.filter((_, place) => isKept[place]);
    },
  };
}

/** The first place whose time is not before `at`; none before `low` is looked at. */
export function firstFrom(times: readonly number[], at: number, low = 0): number {
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place whose time is later than `at`. */
export function firstAfter(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many lie in a stretch of time, both ends included. */
export const countWithin = (times: readonly number[], from: number, to: number): number =>
  Math.max(0, firstAfter(times, to) - firstFrom(times, from));

/** The place of the time that is nearest to `at`; -1 for none. */
export function nearestPlace(times: readonly number[], at: number): number {
  const next = firstFrom(times, at);
  const [before, after] = [times[next - 1], times[next]];
  if (before === undefined) return after === undefined ? -1 : next;
  return after === undefined || at - before <= after - at ? next - 1 : next;
}
