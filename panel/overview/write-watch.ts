import { describeSync, type SyncWindow } from "../../core/daily/session-write";
import type { CallState } from "../../core/session/call-state";
import type { Entry } from "../../core/session/session-log";
import { createTimeList, LAST_TIME, type TimeList } from "../../core/lib/time-list";
import { levelOf, type TimelineLevel } from "./timeline-level";

/** A sync window in which several writes went out as one. */
export type SharedWindow = {
  readonly from: number;
  readonly to: number;
  /** How many there were, and which values of theirs were never sent. */
  readonly title: string;
};

export type WriteWatch = {
  /** By their beginning. */
  readonly windows: TimeList<SharedWindow>;
  /** A write of which something may still become. */
  add(entry: Entry, level: TimelineLevel, call: CallState | undefined): void;
  /** Looks again at the writes that are young or wait, and tells whose level changed. */
  recheck(
    callOf: (callId: string) => CallState | undefined,
    now: number,
    changed: (entry: Entry, before: TimelineLevel, after: TimelineLevel) => void,
  ): void;
  keep(test: (entry: Entry) => boolean): void;
};

/** So long after a write something may still happen to it: it is overwritten within two windows, lost within five. */
const YOUNG_MS = 10_000;

/** More than this are not looked at again, so that a flood costs no more than this. */
const MAX_WATCHED = 2_000;

type Watched = { readonly entry: Entry; level: TimelineLevel };

/** Follows what becomes of the latest writes: a write gets its fate only with what comes after it. */
export function createWriteWatch(): WriteWatch {
  const windows = createTimeList<SharedWindow>();
  const noted = new WeakSet<SyncWindow>();
  let watched: Watched[] = [];
  let newest = 0;

  function note({ event }: Entry, call: CallState | undefined): void {
    if (event.kind !== "method-called" || event.method !== "setMeetingSessionData") return;
    const window = call?.history.session.writes.get(event.seq)?.window;
    if (!window || window.writes.length < 2 || noted.has(window)) return;
    noted.add(window);
    const from = Math.min(window.writes[0]?.at ?? event.at, LAST_TIME);
    const to = Math.min(window.confirmedAt ?? event.at, LAST_TIME);
    windows.add(from, { from, to, title: describeSync(window.writes) });
  }

  return {
    windows,

    add(entry, level, call) {
      const { event } = entry;
      if (event.kind !== "method-called" || event.method === "sendAppMessage") return;
      note(entry, call);
      newest = Math.max(newest, event.at);
      watched.push({ entry, level });
    },

    recheck(callOf, now, changed) {
      if (watched.length === 0) return;
      if (watched.length > MAX_WATCHED) watched = watched.slice(-MAX_WATCHED);
      for (const each of watched) {
        const call = callOf(each.entry.event.callId);
        const level = levelOf(each.entry, call, now);
        note(each.entry, call);
        if (level === each.level) continue;
        changed(each.entry, each.level, level);
        each.level = level;
      }
      watched = watched.filter(
        ({ entry, level }) => level === "waiting" || entry.event.at > newest - YOUNG_MS,
      );
    },

    keep(test) {
      watched = watched.filter(({ entry }) => test(entry));
    },
  };
}
