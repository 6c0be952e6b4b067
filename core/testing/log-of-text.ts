import type { PageEvent } from "../../extension/protocol/event";
import {
  append,
  createSessionLog,
  type Entry,
  openDocument,
  type SessionLog,
} from "../session/session-log";
import { seatOf, session } from "./session-text";

/** Puts the next event of a session text into a log: of the page, or of the seat that it happens at. */
export function appendTo(log: SessionLog, event: PageEvent): Entry {
  const seat = seatOf(event);
  const documentId = seat === undefined ? "page" : `page of ${seat}`;
  if (!log.documents.has(documentId)) {
    const tabId = 100 + log.documents.size;
    const info = { documentId, frameId: 0, url: "https://app.example/" };
    openDocument(log, info, seat === undefined ? undefined : { kind: "tab", tabId });
  }
  append(log, documentId, event);
  return log.ofCall.get(event.callId)?.at(-1) as Entry;
}

/** A log with all that a session text tells of, at the page and at its seats. */
export function logOf(text: string | readonly PageEvent[]): SessionLog {
  const log = createSessionLog();
  for (const event of typeof text === "string" ? session(text) : text) appendTo(log, event);
  return log;
}
