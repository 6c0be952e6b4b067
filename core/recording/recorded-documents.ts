import { NO_TAB } from "../session/seats";
import { openDocument, type SessionLog } from "../session/session-log";
import type { RecordedDocument } from "./recording";

/** Opens the documents of a file in a log that its events then go into. */
export function openRecorded(log: SessionLog, documents: readonly RecordedDocument[]): void {
  // Seats are there beside a page: in a file of nothing else, they are the pages.
  const hasPage = documents.some(({ seat }) => !seat);
  const isOneOfSeveral = !hasPage && documents.length > 1;
  for (const { documentId, url, frameId = 0, leftOut = 0, isGone, seat } of documents) {
    const origin = seat?.kind === "tab" ? { ...seat, tabId: NO_TAB } : seat;
    const document = openDocument(log, { documentId, url, frameId }, hasPage ? origin : undefined);
    document.isOneOfSeveral = isOneOfSeveral;
    document.leftOut = leftOut;
    document.isConnected = isGone !== true;
  }
}

/** Once all events are in: whoever made the file knew what was missing; gaps may be what was left out. */
export function closeRecorded(log: SessionLog, documents: readonly RecordedDocument[]): void {
  for (const { documentId, dropped } of documents) {
    const document = log.documents.get(documentId);
    if (document) document.dropped = dropped;
  }
}
