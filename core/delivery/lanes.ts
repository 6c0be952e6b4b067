type Timed = { readonly at: number };

type Item<S, A> =
  | { readonly at: number; readonly sent: S; readonly arrived?: undefined }
  | { readonly at: number; readonly sent?: undefined; readonly arrived: A };

/** Equal messages that followed each other so soon that their arrivals can't be told apart by time. */
export type Group<S, A> = {
  readonly from: number;
  to: number;
  readonly sent: S[];
  readonly arrived: A[];
};

/** Everything of one content from one sender to one recipient, by time. */
export type Lane<S, A> = {
  readonly items: Item<S, A>[];
  /** Made when they are asked for. */
  groups: Group<S, A>[] | undefined;
};

export const newLane = <S, A>(): Lane<S, A> => ({ items: [], groups: undefined });

/** So few items are taken out of their groups and put back for one that belongs before them. */
const MOST_TAKEN_BACK = 64;

/** Puts a message or an arrival in its place. Costs little for what comes roughly in order, as pages tell of it. */
export function insert<S, A>(lane: Lane<S, A>, item: Item<S, A>, patienceMs: number): void {
  const { items, groups } = lane;
  const place = insertByTime(items, item);
  if (!groups) return;
  if (items.length - place > MOST_TAKEN_BACK) {
    lane.groups = undefined;
    return;
  }
  for (let at = items.length - 1; at > place; at--)
    takeBack(groups, items[at] as Item<S, A>, items[at - 1 === place ? at - 2 : at - 1]);
  for (let at = place; at < items.length; at++) extend(groups, items[at] as Item<S, A>, patienceMs);
}

/** The group that a message or arrival of a time is in. */
export function groupAt<S, A>(
  lane: Lane<S, A>,
  at: number,
  patienceMs: number,
): Group<S, A> | undefined {
  lane.groups ??= grouped(lane.items, patienceMs);
  const { groups } = lane;
  let [low, high] = [0, groups.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((groups[middle] as Group<S, A>).from <= at) low = middle + 1;
    else high = middle;
  }
  return groups[low - 1];
}

function grouped<S, A>(items: readonly Item<S, A>[], patienceMs: number): Group<S, A>[] {
  const groups: Group<S, A>[] = [];
  for (const item of items) extend(groups, item, patienceMs);
  return groups;
}

/** A message begins another group when so much time has passed since the last one that no more of that is expected. */
function extend<S, A>(groups: Group<S, A>[], item: Item<S, A>, patienceMs: number): void {
  const { at } = item;
  const group = groups.at(-1);
  if (item.sent !== undefined) {
    if (group && at - group.to <= patienceMs) {
      group.sent.push(item.sent);
      group.to = at;
    } else groups.push({ from: at, to: at, sent: [item.sent], arrived: [] });
  } else if (item.arrived !== undefined && group) {
    group.arrived.push(item.arrived);
    group.to = Math.max(group.to, at);
  }
  // What arrived before anything in view was sent is of something that isn't.
}

/** Removes the last item from its group. `before` is the previous item. */
function takeBack<S, A>(
  groups: Group<S, A>[],
  item: Item<S, A>,
  before: Item<S, A> | undefined,
): void {
  const group = groups.at(-1);
  if (!group) return;
  if (item.sent === undefined) group.arrived.pop();
  else group.sent.pop();
  if (group.sent.length === 0) groups.pop();
  else if (before) group.to = before.at;
}

/** The first place of an ascending list whose item is not before a moment. */
export function placeByTime(list: readonly Timed[], at: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Timed).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts an item behind those that are not later. */
export function insertByTime<T extends Timed>(list: T[], item: T): number {
  let place = list.length;
  if (place > 0 && (list[place - 1] as T).at > item.at) {
    place = placeByTime(list, item.at);
    while (place < list.length && (list[place] as T).at === item.at) place++;
    list.splice(place, 0, item);
  } else list.push(item);
  return place;
}
