import type { PageEvent } from "../../extension/protocol/event";
import type { RecordedDocument } from "./recording";

type DocumentFinder = {
  /** Those of the file and those that had to be added. */
  readonly documents: readonly RecordedDocument[];
  /** The document of an event, by its place in the file; asked in order. Undefined when its number fits none. */
  documentOf(event: PageEvent, place: number): string | undefined;
};

/** More calls than this were never in one tab: the choice of calls is a plain list. */
const MAX_UNLISTED = 1_000;

/**
 * Tells which document each event of a recording comes from: the one that lists its call. A call that none lists gets
 * a document of its own. An event without a call goes where its number is missing.
 */
export function createDocumentFinder(
  listed: readonly RecordedDocument[],
  events: readonly unknown[],
  url: string,
): DocumentFinder {
  const documents = new Map<string, RecordedDocument>();
  const ofCall = new Map<string, string>();
  for (const document of listed) {
    if (documents.has(document.documentId)) continue;
    documents.set(document.documentId, document);
    for (const callId of document.callIds) {
      if (!ofCall.has(callId)) ofCall.set(callId, document.documentId);
    }
  }
  let unlisted = 0;
  for (const event of events) {
    const callId = fieldOf(event, "callId");
    if (typeof callId !== "string" || callId === "" || ofCall.has(callId)) continue;
    if (++unlisted > MAX_UNLISTED) break;
    const documentId = `unlisted ${unlisted}`;
    ofCall.set(callId, documentId);
    documents.set(documentId, { documentId, url, callIds: [callId], dropped: 0 });
  }

  const numberAfter = numbersByPlace(events, ofCall);
  const last = new Map<string, number>();

  function withoutCall(seq: number, place: number): string | undefined {
    const fits = [...documents.keys()].filter(
      (documentId) => seq > (last.get(documentId) ?? 0) && seq < numberAfter(documentId, place),
    );
    return fits.find((documentId) => seq === (last.get(documentId) ?? 0) + 1) ?? fits[0];
  }

  return {
    documents: [...documents.values()],
    documentOf({ callId, seq }, place) {
      const documentId = callId === "" ? withoutCall(seq, place) : ofCall.get(callId);
      if (documentId !== undefined) {
        last.set(documentId, Math.max(seq, last.get(documentId) ?? 0));
      }
      return documentId;
    },
  };
}

/** Tells the number of the next event that a document has after a place in the file; infinite for none. */
function numbersByPlace(events: readonly unknown[], ofCall: ReadonlyMap<string, string>) {
  const known = new Map<string, { places: number[]; numbers: number[] }>();
  for (const [place, event] of events.entries()) {
    const [callId, seq] = [fieldOf(event, "callId"), fieldOf(event, "seq")];
    const documentId = typeof callId === "string" ? ofCall.get(callId) : undefined;
    if (documentId === undefined || typeof seq !== "number") continue;
    const { places, numbers } = known.get(documentId) ?? { places: [], numbers: [] };
    places.push(place);
    numbers.push(seq);
    known.set(documentId, { places, numbers });
  }
  return (documentId: string, place: number): number => {
    const { places, numbers } = known.get(documentId) ?? { places: [], numbers: [] };
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return numbers[low] ?? Infinity;
  };
}

function fieldOf(event: unknown, name: "callId" | "seq"): unknown {
  return typeof event === "object" && event !== null
    ? (event as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
