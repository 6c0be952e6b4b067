import { batch, type ReadonlySignal, type Signal } from "@preact/signals";

import { addRecording } from "../../core/delivery/add-recording";
import { removeDocuments } from "../../core/session/session-log";
import { type CallIds, createCallIds } from "../../core/session/call-ids";
import type { Session } from "./session";

type Options = {
  /** What is shown. */
  readonly session: ReadonlySignal<Session>;
  readonly live: Session;
  /** Ids of the calls of the page's session. */
  readonly callIds: CallIds;
  readonly notice: Signal<string | undefined>;
};

/** Recordings that are added beside what is shown, as seats. */
export function createAddedRecordings({ session, live, callIds, notice }: Options) {
  /** Ids of calls that none of a session has. */
  function idsIn(target: Session): CallIds {
    if (target === live) return callIds;
    const ids = createCallIds();
    for (const document of target.log.documents.values())
      for (const callId of document.callIds) ids.idFor(document.documentId, callId);
    return ids;
  }

  return {
    /**
     * Adds the calls of a recording that are in the session that is shown, once all of it was read. What can't be added
     * rejects with a reason in the user's words, and nothing has changed then.
     */
    async addRecording(recorded: Session, isWanted: () => boolean): Promise<void> {
      const target = session.peek();
      const name = recorded.source?.name ?? "";
      const masked = [recorded, target].find(({ source }) => source?.isMasked);
      if (masked)
        throw new Error(
          `Values of ${masked === target ? "the recording that is shown" : "the file"} are masked, so participants can’t be matched. Export it without Mask values, or export both together.`,
        );
      const ids = idsIn(target);
      const added = await addRecording(target.log, recorded.log, {
        name,
        idFor: (documentId, callId) => ids.idFor(documentId, callId),
        isWanted: () => isWanted() && session.peek() === target,
      });
      if (!added.ok)
        throw new Error(session.peek() === target ? added.reason : "Another session is shown now.");
      batch(() => {
        if (added.leftOut.length > 0)
          notice.value = `${name} was added without ${added.leftOut.join(", ")}: not in the session that is shown`;
        target.changed();
      });
    },

    /** Takes an added recording out of what is shown. The file stays. */
    removeRecording(name: string): void {
      const target = session.peek();
      const { log } = target;
      const gone = [...log.documents.values()].filter(
        ({ seat }) => seat?.origin.kind === "recording" && seat.origin.name === name,
      );
      removeDocuments(log, new Set(gone.map(({ documentId }) => documentId)));
      target.cut();
    },
  };
}
