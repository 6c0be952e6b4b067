import type { FilterKey } from "./language/filter-keys";
import { printPath } from "../lib/value-at";
import { leafPaths } from "../lib/leaf-paths";
import { valueOf } from "../session/change";
import type { Entry, SessionLog } from "../session/session-log";
import { channelOf, nameOf, typeOf } from "../session/traffic-row";

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
    for (const value of valuesOf(log.entries[at] as Entry, key)) values.add(value);
  }
  return [...values].slice(0, MAX_VALUES);
}

function valuesOf(entry: Entry, key: FilterKey): readonly string[] {
  const { event } = entry;
  const channel = channelOf(entry);
  if (!channel) return [];
  if (key === "name") return [nameOf(entry)];
  const payload = "payload" in event ? event.payload : undefined;
  if (!payload || payload.json.length > MAX_CHARS) return [];
  if (key === "type")
    return (channel === "app-message" && [typeOf(payload)?.label ?? ""].filter(Boolean)) || [];
  if (key !== "path") return [];
  const type = channel === "app-message" ? typeOf(payload) : undefined;
  return leafPaths(type?.inner ?? valueOf(payload))
    .slice(0, MAX_VALUES)
    .filter((path) => path.length > 0)
    .map((path) => printPath(path))
    .filter((path) => path.length <= 80);
}
