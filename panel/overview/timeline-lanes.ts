import type { Entry } from "../../core/session/session-log";
import { channelOf, type RowChannel } from "../../core/session/traffic-row";

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
