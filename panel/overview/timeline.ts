import type { TimeSpan } from "../../core/filter/filter";
import { describeSync, type SyncWindow } from "../../core/daily/session-write";
import { createFollower, type IsTimeUp } from "../../core/lib/slices";
import {
  countWithin,
  createTimeList,
  firstFrom,
  LAST_TIME,
  nearestPlace,
  type TimeList,
} from "../../core/lib/time-list";
import { type CallPhase, type CallState, followLife } from "../../core/session/call-state";
import { channelOf, type EventView, type RowChannel, viewOf } from "../../core/session/event-view";
import { createOpenWrites } from "../../core/session/open-writes";
import type { RowStatus } from "../../core/session/row-status";
import type { Entry } from "../../core/session/session-log";

/** The lanes of the overview, from the top. */
export const LANES = {
  "app-out": { channel: "app-message", label: "App", title: "App messages sent" },
  "app-in": { channel: "app-message", label: "App", title: "App messages received" },
  "user-out": { channel: "user-data", label: "User", title: "User data set" },
  "user-in": { channel: "user-data", label: "User", title: "User data received" },
  "session-out": {
    channel: "session-data",
    label: "Session",
    title: "Session data written",
  },
  "session-in": {
    channel: "session-data",
    label: "Session",
    title: "Session data received",
  },
  call: { channel: "call", label: "Call", title: "The life of the call" },
  people: {
    channel: "people",
    label: "People",
    title: "People who join, change or leave",
  },
} as const satisfies Record<string, { channel: RowChannel; label: string; title: string }>;

export type LaneName = keyof typeof LANES;

export const LANE_NAMES = Object.keys(LANES) as LaneName[];

const LANES_OF = {
  "app-message": { out: "app-out", in: "app-in" },
  "user-data": { out: "user-out", in: "user-in" },
  "session-data": { out: "session-out", in: "session-in" },
  people: { out: "people", in: "people" },
  call: { out: "call", in: "call" },
} as const satisfies Record<RowChannel, { out: LaneName; in: LaneName }>;

/** The lane of an entry; undefined for what has no row either. */
export function laneOf(entry: Entry): LaneName | undefined {
  const channel = channelOf(entry);
  return channel && LANES_OF[channel][entry.event.kind === "method-called" ? "out" : "in"];
}

/** The entries of a lane by time, and those of them that are marked. */
export type Lane = {
  readonly all: TimeList<Entry>;
  readonly warnings: TimeList<Entry>;
  readonly errors: TimeList<Entry>;
};

/** A sync window in which several writes went out as one. */
type SharedWindow = {
  readonly from: number;
  readonly to: number;
  /** How many there were, and which values of theirs were never sent. */
  readonly title: string;
};

export type Timeline = {
  readonly lanes: Readonly<Record<LaneName, Lane>>;
  /** Lanes that ever had something in them, whatever the filter leaves of it. */
  readonly known: ReadonlySet<LaneName>;
  /** Sync windows in which more than one write went out, by their beginning. */
  readonly windows: TimeList<SharedWindow>;
  readonly phases: readonly CallPhase[];
  /**
   * Takes in what was appended since the last time, until time is up, and drops what the list has dropped; begins
   * again with another list. `now` (epoch ms) is for writes that wait. Returns whether it saw all.
   */
  advance(entries: readonly Entry[], now: number, isTimeUp: IsTimeUp): boolean;
};

/** When something happened, as a time that can be shown. */
export const timeOf = ({ event }: Entry): number => Math.min(event.at, LAST_TIME);

/** What a lane marks. `waiting` is not marked, but may become something that is. */
type MarkLevel = RowStatus["level"];

/** How an event stands by its status, or by its size alone. `now` is epoch ms. */
function levelOf(view: EventView, now: number): MarkLevel {
  const level = view.status(now)?.level ?? "ok";
  if (level === "error" || view.direction !== "out") return level;
  return view.budget?.level === "over" ? "error" : level;
}

/** What the overview draws, kept up to date by looking at each entry once; only writes are looked at again. */
export function createTimeline(callOf: (callId: string) => CallState | undefined): Timeline {
  const known = new Set<LaneName>();
  let content = emptyContent(callOf);
  let now = 0;
  const levelNow = (entry: Entry) => levelOf(viewOf(entry, callOf(entry.event.callId)), now);

  const follower = createFollower<Entry>({
    take(entry) {
      const name = laneOf(entry);
      if (!name) return;
      known.add(name);
      const { lanes, phases, open } = content;
      const level = levelNow(entry);
      lanes[name].all.add(timeOf(entry), entry);
      marksOf(lanes[name], level)?.add(timeOf(entry), entry);
      if (name === "call") followLife(phases, entry.event);
      noteWindow(entry);
      open.follow(entry, level);
    },
    startOver: () => void (content = emptyContent(callOf)),
    dropBefore(index) {
      const isThere = (entry: Entry) => entry.index >= index;
      for (const { all, warnings, errors } of Object.values(content.lanes))
        for (const list of [all, warnings, errors]) if (list.items.length > 0) list.keep(isThere);
      content.open.keep(isThere);
    },
  });

  /** A sync in which several writes went out is known as one with the first state that has them. */
  function noteWindow({ event }: Entry): void {
    if (event.kind !== "method-called" || event.method !== "setMeetingSessionData") return;
    const window = callOf(event.callId)?.history.session.writes.get(event.seq)?.window;
    const { noted, windows } = content;
    if (!window || window.writes.length < 2 || noted.has(window)) return;
    noted.add(window);
    const from = Math.min(window.writes[0]?.at ?? event.at, LAST_TIME);
    const to = Math.min(window.confirmedAt ?? event.at, LAST_TIME);
    windows.add(from, { from, to, title: describeSync(window.writes) });
  }

  function recheck(): void {
    content.open.recheck((entry, before) => {
      noteWindow(entry);
      const after = levelNow(entry);
      const name = laneOf(entry);
      if (after === before || !name) return after;
      const lane = content.lanes[name];
      marksOf(lane, before)?.remove(timeOf(entry), entry);
      marksOf(lane, after)?.add(timeOf(entry), entry);
      return after;
    });
  }

  return {
    get lanes() {
      return content.lanes;
    },
    known,
    get windows() {
      return content.windows;
    },
    get phases() {
      return content.phases;
    },
    advance(entries, time, isTimeUp) {
      now = time;
      const hasSeenAll = follower.advance(entries, isTimeUp);
      recheck();
      return hasSeenAll;
    },
  };
}

const marksOf = ({ warnings, errors }: Lane, level: MarkLevel): TimeList<Entry> | undefined =>
  level === "warning" ? warnings : level === "error" ? errors : undefined;

const emptyContent = (callOf: (callId: string) => CallState | undefined) => ({
  lanes: Object.fromEntries(
    LANE_NAMES.map((name): [LaneName, Lane] => [
      name,
      { all: createTimeList(), warnings: createTimeList(), errors: createTimeList() },
    ]),
  ) as Record<LaneName, Lane>,
  phases: [] as CallPhase[],
  windows: createTimeList<SharedWindow>(),
  /** Windows that are in the list. */
  noted: new WeakSet<SyncWindow>(),
  open: createOpenWrites<MarkLevel>(callOf),
});

/** What lies in a stretch of time. */
export type Stretch = {
  readonly count: number;
  readonly warnings: number;
  readonly errors: number;
  /** The first of them. */
  readonly entry: Entry | undefined;
};

/** The entry that is nearest to a moment, in some lanes; undefined when they are empty. */
export function nearestEntry(
  { lanes }: Timeline,
  at: number,
  names: readonly LaneName[] = LANE_NAMES,
): Entry | undefined {
  let nearest: Entry | undefined;
  let distance = Infinity;
  for (const name of names) {
    const { times, items } = lanes[name].all;
    const place = nearestPlace(times, at);
    if (place < 0 || Math.abs((times[place] as number) - at) >= distance) continue;
    distance = Math.abs((times[place] as number) - at);
    nearest = items[place];
  }
  return nearest;
}

/** What some lanes have within a span, both ends included. */
export function stretchOf(
  { lanes }: Timeline,
  { from, to }: TimeSpan,
  names: readonly LaneName[],
): Stretch {
  let [count, warnings, errors] = [0, 0, 0];
  let entry: Entry | undefined;
  for (const name of names) {
    const { all, warnings: warned, errors: failed } = lanes[name];
    const found = countWithin(all.times, from, to);
    if (found > 0) entry ??= all.items[firstFrom(all.times, from)];
    count += found;
    warnings += countWithin(warned.times, from, to);
    errors += countWithin(failed.times, from, to);
  }
  return { count, warnings, errors, entry };
}
