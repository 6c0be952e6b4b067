import { batch, type Signal, signal } from "@preact/signals";

import type { DocumentInfo } from "../../extension/protocol/envelope";
import type { OutOfReach } from "../../core/session/out-of-reach";
import type { SeatOrigin } from "../../core/session/seats";
import type { ReadBatch } from "../../extension/protocol/read-batch";
import { countText } from "../../core/lib/texts";
import type { Session } from "./session";
import {
  append,
  clearEntries,
  foldOldest,
  type LogLimits,
  openDocument,
  removeDocuments,
} from "../../core/session/session-log";

/** What came from a page but could not be used. */
type Problems = { readonly count: number; readonly last: string };

type Options = {
  readonly preserveLog: Signal<boolean>;
  readonly limits: Signal<LogLimits>;
};

/** The session of the inspected page: takes in what its documents say, and drops those that are left. */
export function createLiveSession(session: Session, { preserveLog, limits }: Options) {
  const { log } = session;
  const notice = signal<string | undefined>(undefined);
  /** Why nothing more comes from the page, where that is known. */
  const outOfReach = signal<OutOfReach | undefined>(undefined);
  const problems = signal<Problems>({ count: 0, last: "" });

  function forget(documentIds: ReadonlySet<string>): void {
    if (documentIds.size === 0) return;
    const events = removeDocuments(log, documentIds);
    if (events > 0) {
      notice.value = `Page reloaded or left; ${countText(events)} events cleared. To keep them, turn on Preserve log`;
    }
    session.cut();
  }

  /** The top page was replaced. Which documents belong to the old one shows when their ports close. */
  function leavePage(newDocumentId?: string): void {
    if (preserveLog.value) {
      notice.value = undefined;
      return;
    }
    const gone = new Set<string>();
    for (const document of log.documents.values()) {
      const { documentId, isConnected, seat } = document;
      if (documentId === newDocumentId) continue;
      // Seats are there for the page's call. When it joins again, those that still are come back with their history.
      if (isConnected && !seat) document.isLeaving = true;
      else gone.add(documentId);
    }
    forget(gone);
  }

  return {
    notice,
    outOfReach,
    problems,

    /**
     * A document connected: of the page, or of another tab (`origin`). Returns the number of the last event that the log
     * has of it.
     */
    documentOpened({ documentId, frameId, url }: DocumentInfo, origin?: SeatOrigin): number {
      return batch(() => {
        const isNew = !log.documents.has(documentId);
        if (isNew && frameId === 0 && !origin) leavePage(documentId);
        const { lastSeq } = openDocument(log, { documentId, frameId, url }, origin);
        session.changed();
        return lastSeq;
      });
    },

    /** Nothing more comes from a document: it went away, the link was cut, or it was switched off. */
    documentClosed(documentId: string, isOff = false): void {
      const document = log.documents.get(documentId);
      if (!document) return;
      batch(() => {
        document.isConnected = false;
        document.isOff = isOff;
        if (document.isLeaving && !isOff) forget(new Set([documentId]));
        session.changed();
      });
    },

    /** A connected document answered: it runs and, if the page was left before, belongs to the new one. */
    documentAnswered(documentId: string): void {
      const document = log.documents.get(documentId);
      if (document) document.isLeaving = false;
      session.deliveries.ran(documentId, Date.now());
      session.changed();
    },

    pageNavigated: () =>
      batch(() => {
        outOfReach.value = undefined;
        leavePage();
      }),

    received(documentId: string, read: ReadBatch): void {
      batch(() => {
        const ignored = read.ok ? read.invalid : 1;
        if (ignored > 0) {
          const last = read.ok ? "an event did not have the shape of its kind" : read.reason;
          problems.value = { count: problems.value.count + ignored, last };
        }
        if (!read.ok) return;
        for (const event of read.events) append(log, documentId, event);
        foldOldest(log, limits.value);
        session.changed();
      });
    },

    clear(): void {
      batch(() => {
        // A page goes on; a recording is nothing but its events.
        const recordings = [...log.documents.values()].filter(
          ({ seat }) => seat?.origin.kind === "recording",
        );
        removeDocuments(log, new Set(recordings.map(({ documentId }) => documentId)));
        clearEntries(log);
        notice.value = undefined;
        problems.value = { count: 0, last: "" };
        session.cut();
      });
    },
  };
}
