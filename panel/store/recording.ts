import type { PageEvent } from "../../extension/protocol/event";
import { redactSecrets } from "../../extension/protocol/redact";
import type { SessionLog } from "./session-log";

const RECORDING_FORMAT = "daily-recording";
const RECORDING_VERSION = 1;

/** A session as a file. Stable: what changes its shape raises the version and adds an upgrade. */
export type Recording = {
  readonly format: typeof RECORDING_FORMAT;
  readonly version: typeof RECORDING_VERSION;
  readonly recordedAt: string;
  readonly page: { readonly url: string; readonly title: string };
  readonly userAgent: string;
  /** The documents that the events come from: `seq` counts per document, and a call belongs to one. */
  readonly documents: readonly RecordedDocument[];
  readonly events: readonly PageEvent[];
};

type RecordedDocument = {
  readonly documentId: string;
  readonly url: string;
  readonly callIds: readonly string[];
  /** Events that were counted by the page but never seen by the panel. */
  readonly dropped: number;
};

export type RecordingInfo = {
  readonly recordedAt: Date;
  readonly page: { readonly url: string; readonly title: string };
  readonly userAgent: string;
};

/** The whole log as a recording: every event as it travelled, in the order of arrival. */
export function toRecording(
  log: SessionLog,
  { recordedAt, page, userAgent }: RecordingInfo,
): Recording {
  const used = new Set(log.entries.map(({ documentId }) => documentId));
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: recordedAt.toISOString(),
    page: { url: redactSecrets(page.url), title: page.title },
    userAgent,
    documents: [...log.documents.values()]
      .filter(({ documentId }) => used.has(documentId))
      .map(({ documentId, url, callIds, dropped }) => ({
        documentId,
        url: redactSecrets(url),
        callIds: [...callIds],
        dropped,
      })),
    events: log.entries.map(({ event }) => event),
  };
}
