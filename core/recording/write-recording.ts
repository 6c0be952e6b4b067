import { createMask, type Mask } from "./mask-text";
import { createChoice } from "./choose-entries";
import { inSlices } from "../lib/in-slices";
import { maskEvent, noteIds } from "./mask-event";
import { type RecordingHead, recordingHead, type RecordingInfo } from "./recording";
import type { Entry, SessionLog } from "../session/session-log";

export type ExportOptions = {
  /** In the order of the log; undefined for all. What their state derives from goes with them. */
  readonly entries: readonly Entry[] | undefined;
  /** Whether values are replaced by placeholders. */
  readonly isMasked: boolean;
};

/**
 * A log as the file of a recording, made in slices so that the panel goes on meanwhile.
 * What comes into the log after the call is not in it.
 */
export async function writeRecording(
  log: SessionLog,
  info: RecordingInfo,
  { entries, isMasked }: ExportOptions,
): Promise<Blob> {
  let chosen: Entry[] = log.entries.slice();
  if (entries) {
    const isChosen = createChoice(entries.slice());
    const all = chosen;
    chosen = [];
    await inSlices(all, (entry) => void (isChosen(entry) && chosen.push(entry)));
  }
  const head = await recordingHead(log, chosen, info);
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
    documents: documents.map((document) => ({ ...document, url: mask.text(document.url) })),
  };
}
