import { clip } from "../../extension/protocol/bounds";
import type { PageEvent } from "../../extension/protocol/event";
import { redactSecrets } from "../../extension/protocol/redact";
import { inSlices } from "../lib/slices";
import type { SeatClock } from "../session/seats";
import type { DocumentState, Entry, SessionLog } from "../session/session-log";

export const RECORDING_FORMAT = "daily-recording";
export const RECORDING_VERSION = 1;

/** A session as a file. Stable: what changes its shape raises the version and adds an upgrade. */
export type Recording = RecordingHead & { readonly events: readonly PageEvent[] };

/** All of a recording but its events. */
export type RecordingHead = {
  readonly format: typeof RECORDING_FORMAT;
  readonly version: typeof RECORDING_VERSION;
  readonly recordedAt: string;
  readonly page: { readonly url: string; readonly title: string };
  readonly userAgent: string;
  /** Values were replaced by placeholders of the same size and type. */
  readonly masked?: true;
  /** The documents that the events come from: `seq` counts per document, and a call belongs to one. */
  readonly documents: readonly RecordedDocument[];
};

export type RecordedDocument = {
  readonly documentId: string;
  readonly url: string;
  readonly callIds: readonly string[];
  /** Events that were counted by the page but never seen by the panel. */
  readonly dropped: number;
  /** Events that the panel saw and this file does not have: cleared, folded, or not chosen. None when it is not there. */
  readonly leftOut?: number;
  /** 0, the top page, when it is not there. */
  readonly frameId?: number;
  /** The page was left by then. */
  readonly isGone?: true;
  /** Where it was, if it isn't of the page that was recorded but of someone else in the room. */
  readonly seat?: RecordedSeat;
};

/** Another tab of the same browser, or a recording of another machine: then its events have been moved onto this clock. */
type RecordedSeat =
  | { readonly kind: "tab" }
  | { readonly kind: "recording"; readonly name: string; readonly clock: SeatClock };

export type RecordingInfo = {
  readonly recordedAt: Date;
  readonly page: { readonly url: string; readonly title: string };
  readonly userAgent: string;
};

/** The head of a recording of these entries of a log. Goes through all of them, in slices. */
export async function recordingHead(
  log: SessionLog,
  entries: readonly Entry[],
  { recordedAt, page, userAgent }: RecordingInfo,
): Promise<RecordingHead> {
  const chosen = new Map<string, number>();
  await inSlices(
    entries,
    ({ documentId }) => void chosen.set(documentId, (chosen.get(documentId) ?? 0) + 1),
  );
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: recordedAt.toISOString(),
    page: { url: clip(redactSecrets(page.url)), title: clip(page.title) },
    userAgent: clip(userAgent),
    documents: [...log.documents.values()]
      .filter(({ documentId }) => chosen.has(documentId))
      .map((document) => recordedDocument(document, chosen.get(document.documentId) ?? 0)),
  };
}

function recordedDocument(
  { documentId, url, callIds, dropped, taken, leftOut, frameId, isConnected, seat }: DocumentState,
  chosen: number,
): RecordedDocument {
  const missing = leftOut + taken - chosen;
  return {
    documentId,
    url: clip(redactSecrets(url)),
    callIds: [...callIds],
    // A page may claim any number.
    dropped: Math.min(dropped, Number.MAX_SAFE_INTEGER),
    ...(missing > 0 && { leftOut: Math.min(missing, Number.MAX_SAFE_INTEGER) }),
    ...(frameId !== 0 && { frameId }),
    ...(!isConnected && { isGone: true }),
    // The number of a tab means nothing elsewhere.
    ...(seat && { seat: seat.origin.kind === "tab" ? { kind: "tab" } : seat.origin }),
  };
}
