import { LIMITS } from "../../core/daily/limits";
import type { CallState } from "../../core/session/call-state";
import { statusOf } from "../../core/session/row-status";
import type { Entry } from "../../core/session/session-log";
import { channelOf } from "../../core/session/traffic-row";

/** What a lane marks. `waiting` is not marked, but may become something that is. */
export type TimelineLevel = "error" | "warning" | "waiting" | "ok";

/** How an entry stands by the status of its row, or by its size alone. Reads no payload. `now` is epoch ms. */
export function levelOf(entry: Entry, call: CallState | undefined, now: number): TimelineLevel {
  const level = statusOf(entry, call?.history, now)?.level ?? "ok";
  return level !== "error" && isOverLimit(entry, call) ? "error" : level;
}

function isOverLimit(entry: Entry, call: CallState | undefined): boolean {
  const { event } = entry;
  const channel = channelOf(entry);
  if (event.kind !== "method-called" || !channel || channel === "people" || channel === "call")
    return false;
  const { json, chars } = event.payload;
  // Daily counts a bare string of user data without quotes and escapes, which only reading it could tell.
  if (channel === "user-data" && json.startsWith('"')) return false;
  const own = channel === "app-message" ? (event.limit ?? call?.maxAppMessageSize) : undefined;
  return chars > (own ?? LIMITS[channel].maxChars);
}
