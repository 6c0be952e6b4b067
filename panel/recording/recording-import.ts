import { batch, type ReadonlySignal, signal } from "@preact/signals";

import { inSlices, nextTask } from "../../core/lib/slices";
import { closeRecorded, openRecorded } from "../../core/recording/recorded-documents";
import type { ReadEvents, ReadHead } from "../../core/recording/read-recording";
import type { Session, SessionSource } from "../session/session";
import { append } from "../../core/session/session-log";

/** Reads one file, off the panel's own thread. What it cannot read rejects with a reason in the user's words. */
export type RecordingReader = {
  open(file: Blob, onBytes: (bytes: number) => void): Promise<ReadHead>;
  next(): Promise<ReadEvents>;
  /** Stops whatever it does. */
  close(): void;
};

/** A file on its way in; undefined when there is none. */
export type ImportState =
  | {
      readonly kind: "reading" | "adding";
      readonly name: string;
      /** Bytes, or events. */
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: "failed";
      readonly name: string;
      readonly reason: string;
      readonly purpose: Purpose;
    };

/**
 * To show a file in place of what is shown, as someone’s recording or as the sample of the extension, to compare rooms
 * with it, or to add its calls beside what is shown.
 */
type Purpose = "show" | "sample" | "compare" | "add";

export type RecordingImport = {
  readonly state: ReadonlySignal<ImportState | undefined>;
  /** Reads a file and hands it over for its purpose once all of it is there. Until then, and if it cannot be, nothing else changes. */
  open(file: File, purpose?: Purpose): Promise<void>;
  /** Stops reading, or closes the message. */
  cancel(): void;
};

type Target = {
  newRecorded(source: SessionSource): Session;
  showRecorded(session: Session): void;
  /** Keeps a recording beside what is shown. */
  compareWith(session: Session): void;
  /** Puts the calls of a recording beside those of what is shown. Rejects with a reason if it can't. */
  addRecording(session: Session, isWanted: () => boolean): Promise<void>;
};

/**
 * A text of V8 holds 512 million characters, and a file of this size takes about 2 GB while it is read. The largest
 * log that the panel keeps makes a smaller one.
 */
export const MAX_FILE_BYTES = 256 * 1_048_576;

export function createRecordingImport(
  target: Target,
  openReader: () => RecordingReader,
): RecordingImport {
  const state = signal<ImportState | undefined>(undefined);
  /** Ends the import under way; there is one at a time. */
  let stop: () => void = () => {};

  async function read(
    file: File,
    reader: RecordingReader,
    isWanted: () => boolean,
    purpose: Purpose,
  ): Promise<void> {
    const { name, size } = file;
    const say = (kind: "reading" | "adding", done: number, total: number): boolean => {
      if (isWanted()) state.value = { kind, name, done, total };
      return isWanted();
    };
    say("reading", 0, size);
    const head = await reader.open(file, (bytes) => void say("reading", bytes, size));
    const session = target.newRecorded({ ...sourceOf(name, head), isSample: purpose === "sample" });
    let isShown = false;
    try {
      const onProgress = (done: number) => say("adding", done, head.events);
      if (!(await fill(session, head, reader, onProgress))) return;
      const { skipped } = session.source ?? {};
      if (session.log.nextIndex === 0 && skipped && skipped.count > 0) {
        throw new Error(`None of its events could be read: ${skipped.first}.`);
      }
      if (purpose === "add") {
        await target.addRecording(session, isWanted);
        if (isWanted()) state.value = undefined;
        return;
      }
      session.changed();
      await nextTask();
      if (!isWanted()) return;
      isShown = true;
      batch(() => {
        state.value = undefined;
        if (purpose === "compare") target.compareWith(session);
        else target.showRecorded(session);
      });
    } finally {
      if (!isShown) session.dispose();
    }
  }

  return {
    state,
    async open(file, purpose = "show") {
      stop();
      const { name, size } = file;
      if (size > MAX_FILE_BYTES) {
        const reason = `The file is too large: ${inMegabytes(size)}; up to ${inMegabytes(MAX_FILE_BYTES)} can be read.`;
        state.value = { kind: "failed", name, reason, purpose };
        return;
      }
      const reader = openReader();
      let isWanted = true;
      stop = () => {
        isWanted = false;
        reader.close();
      };
      try {
        await read(file, reader, () => isWanted, purpose);
      } catch (error) {
        const reason = error instanceof Error ? error.message : "It could not be read.";
        if (isWanted) state.value = { kind: "failed", name, reason, purpose };
      } finally {
        reader.close();
      }
    },
    cancel() {
      stop();
      state.value = undefined;
    },
  };
}

/** Takes in all events of a file, of which none is folded: its size is bound. Returns false when it was told to stop. */
async function fill(
  { log, source }: Session,
  { documents, events: total }: ReadHead,
  reader: RecordingReader,
  onProgress: (done: number) => boolean,
): Promise<boolean> {
  openRecorded(log, documents);
  let done = 0;
  let coming = total > 0 ? ahead(reader) : undefined;
  while (coming) {
    const { events, read, skipped, reason } = await coming;
    done += read;
    // The next events are checked while these are added.
    coming = done < total ? ahead(reader) : undefined;
    let doubled = 0;
    const add = ({ documentId, event }: (typeof events)[number]) => {
      if (!append(log, documentId, event)) doubled++;
    };
    if (!(await inSlices(events, add, () => onProgress(done)))) return false;
    if (source && skipped + doubled > 0) {
      source.skipped.count += skipped + doubled;
      source.skipped.first ||= reason ?? "an event is there twice, or out of order";
    }
  }
  closeRecorded(log, documents);
  return true;
}

/** The next events, asked for early: a failure is heard of when they are awaited, or not at all. */
function ahead(reader: RecordingReader): Promise<ReadEvents> {
  const coming = reader.next();
  coming.catch(() => {});
  return coming;
}

function sourceOf(
  name: string,
  { recordedAt, page, userAgent, isMasked, documents }: ReadHead,
): SessionSource {
  return {
    name,
    recordedAt,
    page,
    userAgent,
    isMasked,
    leftOut: documents.reduce((sum, { leftOut = 0 }) => sum + leftOut, 0),
    skipped: { count: 0, first: "" },
  };
}

const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`;
