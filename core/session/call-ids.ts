import { MAX_ID } from "../../extension/protocol/bounds";
import type { PageEvent } from "../../extension/protocol/event";

/** Ids of calls that are one apart across all documents of a tab. */
export type CallIds = {
  /** The id of a call of a document: its own, or another where a document before it has the same. */
  idFor(documentId: string, callId: string): string;
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
  /** Ids that were given, by document and id. */
  const given = new Map<string, string>();

  function idFor(documentId: string, callId: string): string {
    const owner = owners.get(callId);
    if (owner === undefined) owners.set(callId, documentId);
    if (callId === "" || owner === undefined || owner === documentId) return callId;
    const key = JSON.stringify([documentId, callId]);
    const before = given.get(key);
    if (before !== undefined) return before;
    // Not longer than an id of a file may be.
    const base = `${callId.slice(0, MAX_ID / 2)} in ${documentId}`.slice(0, MAX_ID - 10);
    let own = base;
    for (let n = 2; owners.has(own); n++) own = `${base} ${n}`;
    owners.set(own, documentId);
    given.set(key, own);
    inPage.set(own, callId);
    return own;
  }

  return {
    idFor,
    apart: (documentId, events) =>
      events.map((event) => {
        const callId = idFor(documentId, event.callId);
        return callId === event.callId ? event : { ...event, callId };
      }),
    inPage: (callId) => inPage.get(callId) ?? callId,
  };
}
