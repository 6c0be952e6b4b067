import { oddSender } from "../daily/delivery";
import { unwrapPrebuilt } from "../daily/prebuilt";
import type { CallState } from "./call-state";
import { valueOf } from "./change";
import type { Entry } from "./session-log";
import type { RowView } from "./event-view";

/** What a reader should know about an entry that its fields do not say; undefined when there is nothing. */
export function noteOf(
  { event }: Entry,
  { type, payload, channel }: RowView,
  call: CallState,
): string | undefined {
  const { people, session } = call.history;
  if (event.kind === "daily-event" && event.name === "app-message") {
    // Of a simulated message the sender is only said to be one.
    const odd = event.simulated ? undefined : oddSender(event.fromId, event.seq, people);
    return [odd, type?.note].filter(Boolean).join(" ") || undefined;
  }
  if (event.kind === "daily-event" && event.name === "meeting-session-state-updated") {
    const version = session.versions.find(({ seq }) => seq === event.seq);
    if (!version) return undefined;
    return NOTES[version.author];
  }
  if (channel === "user-data" && unwrapPrebuilt(valueOf(payload))) {
    return "It looks as if it came through Prebuilt, which puts what the embedding page set under “c”, beside keys of its own.";
  }
  return type?.note;
}

const NOTES = {
  page: "Made by this call’s own writes.",
  other: "Not made by a write of this call. Daily does not say whose it was.",
  found: "The state as this page first saw it.",
} as const;
