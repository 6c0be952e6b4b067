import { type CallPhase, followLife } from "../../core/session/call-life";
import type { CallState } from "../../core/session/call-state";
import { type Entry, placeOf } from "../../core/session/session-log";
import { createTimeList, LAST_TIME, type TimeList } from "../../core/lib/time-list";
import { LANE_NAMES, laneOf, type LaneName } from "./timeline-lanes";
import { levelOf } from "./timeline-level";
import { createWriteWatch, type SharedWindow } from "./write-watch";
import type { IsTimeUp } from "../session/visible-entries";

/** The entries of a lane by time, and those of them that are marked. */
export type Lane = {
  readonly all: TimeList<Entry>;
  readonly warnings: TimeList<Entry>;
  readonly errors: TimeList<Entry>;
};

export type Timeline = {
  readonly lanes: Readonly<Record<LaneName, Lane>>;
  /** Lanes that ever had something in them, whatever the filter leaves of it. */
  readonly known: ReadonlySet<LaneName>;
  /** Sync windows in which more than one write went out, by their beginning. */
  readonly windows: TimeList<SharedWindow>;
  readonly phases: readonly CallPhase[];
  /**
   * Takes in what was appended since the last time, until time is up, and lets go of what the list has let go of; begins
   * anew with another list. `now` (epoch ms) is for writes that wait. Answers whether it saw all.
   */
  advance(entries: readonly Entry[], now: number, isTimeUp: IsTimeUp): boolean;
};

/** When something happened, as a time that can be shown. */
export const timeOf = ({ event }: Entry): number => Math.min(event.at, LAST_TIME);

/** What the overview draws, kept up to date by looking at each entry once; only writes are looked at again. */
export function createTimeline(callOf: (callId: string) => CallState | undefined): Timeline {
  const known = new Set<LaneName>();
  let source: readonly Entry[] = [];
  let content = emptyContent();
  let firstIndex = 0;
  let nextIndex = 0;

  function add(entry: Entry, now: number): void {
    const name = laneOf(entry);
    if (!name) return;
    known.add(name);
    const at = timeOf(entry);
    const lane = content.lanes[name];
    const call = callOf(entry.event.callId);
    const level = levelOf(entry, call, now);
    lane.all.add(at, entry);
    if (level === "warning") lane.warnings.add(at, entry);
    if (level === "error") lane.errors.add(at, entry);
    if (name === "call") followLife(content.phases, entry.event);
    if (entry.event.kind === "method-called") content.watch.add(entry, level, call);
  }

  function recheck(now: number): void {
    content.watch.recheck(callOf, now, (entry, before, after) => {
      const name = laneOf(entry);
      if (!name) return;
      const { warnings, errors } = content.lanes[name];
      const marks = { warning: warnings, error: errors, waiting: undefined, ok: undefined };
      marks[before]?.remove(timeOf(entry), entry);
      marks[after]?.add(timeOf(entry), entry);
    });
  }

  return {
    get lanes() {
      return content.lanes;
    },
    known,
    get windows() {
      return content.watch.windows;
    },
    get phases() {
      return content.phases;
    },

    advance(entries, now, isTimeUp) {
      if (entries !== source) {
        source = entries;
        content = emptyContent();
        firstIndex = nextIndex = 0;
      }
      const first = entries[0]?.index ?? nextIndex;
      if (first > firstIndex) {
        const isThere = ({ index }: Entry) => index >= first;
        for (const name of LANE_NAMES) {
          const { all, warnings, errors } = content.lanes[name];
          for (const list of [all, warnings, errors]) {
            if (list.items.length > 0) list.keep(isThere);
          }
        }
        content.watch.keep(isThere);
        firstIndex = first;
      }
      let at = placeOf(entries, nextIndex);
      while (at < entries.length) {
        const entry = entries[at++] as Entry;
        add(entry, now);
        nextIndex = entry.index + 1;
        if (isTimeUp()) break;
      }
      recheck(now);
      return at >= entries.length;
    },
  };
}

function emptyContent() {
  const lanes = Object.fromEntries(
    LANE_NAMES.map((name): [LaneName, Lane] => [
      name,
      { all: createTimeList(), warnings: createTimeList(), errors: createTimeList() },
    ]),
  ) as Record<LaneName, Lane>;
  const phases: CallPhase[] = [];
  return { lanes, phases, watch: createWriteWatch() };
}
