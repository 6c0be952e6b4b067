import type { FilterKey } from "./language/filter-keys";
import { printPath } from "../lib/value-at";
import { leafPaths } from "../lib/leaf-paths";
import type { Entry, SessionLog } from "../session/session-log";
import { type EventView, viewOf } from "../session/event-view";

/** So far back from the end of the log, and no more values than this. Larger payloads are not read for their paths. */
const MAX_ENTRIES = 1_000;
const MAX_VALUES = 200;
const MAX_CHARS = 10_000;

/** Values of a key of the filter language that occur in the log, the latest first. */
export function seenValues(log: SessionLog, key: FilterKey): string[] {
  const values = new Set<string>();
  if (key === "from" || key === "to" || key === "with") {
    for (const { history } of log.calls.values()) {
      for (const { participant } of history.people.people.values())
        if (participant.user_name && values.size < MAX_VALUES) values.add(participant.user_name);
    }
    return [...values];
  }
  const last = Math.max(0, log.entries.length - MAX_ENTRIES);
  for (let at = log.entries.length - 1; at >= last && values.size < MAX_VALUES; at--) {
    const entry = log.entries[at] as Entry;
    for (const value of valuesOf(viewOf(entry, log.calls.get(entry.event.callId)), key))
      values.add(value);
  }
  return [...values].slice(0, MAX_VALUES);
}

function valuesOf(view: EventView, key: FilterKey): readonly string[] {
  const { channel, dailyName, payload } = view;
  if (!channel) return [];
  if (key === "name") return [dailyName];
  if (!payload || payload.json.length > MAX_CHARS) return [];
  if (key === "type") return view.type ? [view.type.label] : [];
  if (key !== "path") return [];
  return leafPaths(view.type?.inner ?? view.value)
    .slice(0, MAX_VALUES)
    .filter((path) => path.length > 0)
    .map((path) => printPath(path))
    .filter((path) => path.length <= 80);
}
