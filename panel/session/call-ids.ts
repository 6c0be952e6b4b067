import type { PageEvent } from "../../extension/protocol/event";

/** Ids of calls that are one apart across all documents of a tab. */
export type CallIds = {
  /** Events of a document, with an id of their own for calls that share theirs with another document's. */
  apart(documentId: string, events: readonly PageEvent[]): readonly PageEvent[];
  /** The id by which the page knows a call. */
  inPage(callId: string): string;
};

/**
 * daily-js makes ids of calls from the time, and a page may claim any: two frames can have the same. The first document
 * that names an id keeps it.
 */
export function createCallIds(): CallIds {
  const owners = new Map<string, string>();
  const inPage = new Map<string, string>();

  function idFor(documentId: string, callId: string): string {
    const owner = owners.get(callId);
    if (owner === undefined) owners.set(callId, documentId);
    if (callId === "" || owner === undefined || owner === documentId) return callId;
    const own = `${callId} in ${documentId}`;
    inPage.set(own, callId);
    return own;
  }

  return {
    apart: (documentId, events) =>
      events.map((event) => {
        const callId = idFor(documentId, event.callId);
        return callId === event.callId ? event : { ...event, callId };
      }),
    inPage: (callId) => inPage.get(callId) ?? callId,
  };
}
