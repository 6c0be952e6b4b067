import type { PageEvent } from "../../extension/protocol/event";
import { entriesInOrder } from "../session/seats";
import { type Entry, hasEntry, type SessionLog } from "../session/session-log";
import { createMask, type Mask, maskEvent, noteIds } from "./mask-event";
import { inSlices } from "../lib/slices";
import { type RecordingHead, recordingHead, type RecordingInfo } from "./recording";

/**
 * The chosen entries of a log, and with them those that their state derives from: without the joins no one has a name,
 * and without the states of the room no write has a fate. What is left out are app messages and notes that were not
 * chosen, and calls of which nothing was. All in order; goes through the entire log, one entry a call.
 */
function createChoice(chosen: readonly Entry[]): (entry: Entry) => boolean {
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
        // What isn't known to be without effect goes along: more than was chosen, and nothing is missing.
        default:
          return true;
      }
  }
}

export type ExportOptions = {
  /** In the order of the log; undefined for all. What their state derives from goes with them. */
  readonly entries: readonly Entry[] | undefined;
  /** Whether values are replaced by placeholders. */
  readonly isMasked: boolean;
  /** Documents of the seats that go with the page; none if it is not there. */
  readonly seats?: ReadonlySet<string>;
  /** Whether the pages are of several people, of whom none is more the user than the others. */
  readonly areSeats?: boolean;
};

/**
 * A log as the file of a recording, made in slices so that the panel goes on in the meantime.
 * What comes into the log after the call is not in it.
 */
export async function writeRecording(
  log: SessionLog,
  info: RecordingInfo,
  { entries, isMasked, seats = new Set(), areSeats = false }: ExportOptions,
): Promise<Blob> {
  let chosen = entriesInOrder(log, ({ seat, documentId }) => !seat || seats.has(documentId));
  if (entries) {
    const isChosen = createChoice(entries.slice());
    const all = chosen;
    chosen = [];
    await inSlices(all, (entry) => void (isChosen(entry) && chosen.push(entry)));
  }
  const made = await recordingHead(log, chosen, info);
  const documents = made.documents.map((each) => ({ ...each, seat: { kind: "tab" } as const }));
  const head = areSeats ? { ...made, documents } : made;
  const mask = isMasked ? createMask() : undefined;
  if (mask) await inSlices(chosen, ({ event }) => noteIds(event, mask));

  const start = JSON.stringify(mask ? maskHead(head, mask) : head, undefined, 1);
  // A file of its own for each slice: one of a hundred megabytes of text would be made in one go.
  const parts = [new Blob([`${start.slice(0, start.lastIndexOf("\n}"))},\n "events": [`])];
  let slice = "";
  await inSlices(
    chosen,
    (entry) => {
      const event = mask ? maskEvent(entry.event, mask) : entry.event;
      slice += `${entry === chosen[0] ? "" : ","}\n${JSON.stringify(event)}`;
    },
    () => {
      parts.push(new Blob([slice]));
      slice = "";
      return true;
    },
  );
  return new Blob([...parts, "\n ]\n}\n"], { type: "application/json" });
}

function maskHead(head: RecordingHead, mask: Mask): RecordingHead {
  const { documents, page, ...rest } = head;
  return {
    ...rest,
    page: { url: mask.text(page.url), title: mask.text(page.title) },
    masked: true,
    documents: documents.map(({ seat, ...document }) => ({
      ...document,
      url: mask.text(document.url),
      ...(seat && { seat: seat.kind === "tab" ? seat : { ...seat, name: mask.text(seat.name) } }),
    })),
  };
}
