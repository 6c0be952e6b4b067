import type { PageEvent } from "../../extension/protocol/event";
import { hasEntry, type Entry } from "../session/session-log";

/**
 * The chosen entries of a log, and with them those that their state derives from: without the joins nobody has a name,
 * and without the states of the room no write has a fate. What is left out are app messages and notes that were not
 * chosen, and calls of which nothing was. All in order; goes through the whole log, one entry a call.
 */
export function createChoice(chosen: readonly Entry[]): (entry: Entry) => boolean {
  const calls = new Set(chosen.map(({ event }) => event.callId));
  return (entry) =>
    hasEntry(chosen, entry) || (calls.has(entry.event.callId) && isOfState(entry.event));
}

/** Whether something other than its own row derives from an event. */
function isOfState(event: PageEvent): boolean {
  switch (event.kind) {
    case "call-created":
    case "call-failed":
    case "call-snapshot":
    case "method-settled":
      return true;
    case "method-called":
      return event.method !== "sendAppMessage";
    case "command-failed":
    case "capture-problem":
      return false;
    case "daily-event":
      switch (event.name) {
        case "app-message":
        case "network-connection":
        case "access-state-updated":
        case "load-attempt-failed":
        case "loaded":
        case "meeting-session-summary-updated":
        case "participant-counts-updated":
          return false;
        case "nonfatal-error":
          return event.type === "meeting-session-data-error";
        default:
          return true;
      }
  }
}
