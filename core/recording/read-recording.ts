import * as v from "valibot";

import { type PageEvent, pageEventSchema } from "../../extension/protocol/event";
import { type RecordedDocument, RECORDING_FORMAT, RECORDING_VERSION } from "./recording";
import { MAX_ID, MAX_TEXT } from "../../extension/protocol/bounds";
import { parseJson } from "../../extension/protocol/payload";
import { type Refusal, refuseOther } from "../lib/other-file";

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
function createDocumentFinder(
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

/** What a file says before its events. */
export type ReadHead = {
  readonly recordedAt: string;
  readonly page: { readonly url: string; readonly title: string };
  readonly userAgent: string;
  readonly isMasked: boolean;
  readonly documents: readonly RecordedDocument[];
  /** How many events it claims to have, good or bad. */
  readonly events: number;
};

/** Some events of a file, in its order, each with the document that it belongs to. */
export type ReadEvents = {
  readonly events: readonly { readonly documentId: string; readonly event: PageEvent }[];
  /** How many of the file's events these were, those that were left out among them. */
  readonly read: number;
  readonly skipped: number;
  /** Why the first of them was left out. */
  readonly reason: string | undefined;
};

export type RecordingFile = {
  readonly head: ReadHead;
  /** The next events; none of them when all were read. */
  next(): ReadEvents;
};

type ReadFile = ({ readonly ok: true } & RecordingFile) | Refusal;
type Fields = Readonly<Record<string, unknown>>;

/** So much at once is handed to the panel: a millisecond or two of work for it. */
const BATCH_EVENTS = 500;
const BATCH_CHARS = 262_144;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const id = v.pipe(v.string(), v.maxLength(MAX_ID));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Longer than anything is recorded, and than any clock is wrong, in ms. */
const MAX_MS = 1e17;
const difference = v.pipe(v.number(), v.minValue(-MAX_MS), v.maxValue(MAX_MS));
const clockSchema = v.variant("kind", [
  v.object({
    kind: v.literal("estimated"),
    offsetMs: difference,
    driftPpm: v.pipe(v.number(), v.minValue(-1e6), v.maxValue(1e6)),
    uncertaintyMs: v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_MS)),
    crossings: count,
  }),
  v.object({ kind: v.literal("one-way"), offsetMs: difference, crossings: count }),
  v.object({ kind: v.literal("unknown") }),
]);
const seatSchema = v.variant("kind", [
  v.object({ kind: v.literal("tab") }),
  v.object({ kind: v.literal("recording"), name: id, clock: clockSchema }),
]);
const headSchema = v.object({
  recordedAt: v.pipe(
    v.string(),
    v.maxLength(40),
    v.check((date) => Number.isFinite(Date.parse(date)), "isn’t a date"),
  ),
  page: v.object({ url: text, title: text }),
  userAgent: v.optional(text, ""),
  masked: v.exactOptional(v.boolean()),
  documents: v.array(
    v.object({
      documentId: id,
      url: text,
      callIds: v.array(id),
      dropped: v.optional(count, 0),
      leftOut: v.exactOptional(count),
      frameId: v.exactOptional(count),
      isGone: v.exactOptional(v.literal(true)),
      seat: v.exactOptional(seatSchema),
    }),
  ),
  events: v.array(v.unknown()),
});

/** What turns a recording of version 1 into one of version 2, and so on. */
const UPGRADES: readonly ((recording: Fields) => Fields)[] = [];

/**
 * Reads the text of a file. One that isn't a recording is refused with a reason; of one that is, the
 * events are checked as they are asked for, and those that are malformed are left out and counted. Never throws.
 */
export function readRecording(json: string): ReadFile {
  if (json.trim() === "") return refuse("The file is empty.");
  const parsed = parseJson(json);
  if (!parsed.ok) return refuse(`The file is not JSON, or not all of it: ${parsed.reason}`);
  const fields = asFields(parsed.value);
  if (fields?.["format"] !== RECORDING_FORMAT) return refuseOther(fields, "recording");
  const current = upgrade(fields, UPGRADES);
  if (typeof current === "string") return refuse(current);
  const head = v.safeParse(headSchema, current, { abortEarly: true });
  if (!head.success) return refuse(`The recording is damaged: ${issueText(head.issues[0])}`);
  const { events, documents, masked, ...rest } = head.output;
  const finder = createDocumentFinder(documents, events, rest.page.url);
  return {
    ok: true,
    head: {
      ...rest,
      isMasked: masked === true,
      documents: finder.documents,
      events: events.length,
    },
    next: createBatches(events, (event, place) => finder.documentOf(event, place)),
  };
}

/** A recording of an older version as one of this; why not, for any other. */
export function upgrade(
  recording: Fields,
  upgrades: readonly ((recording: Fields) => Fields)[],
): Fields | string {
  const { version } = recording;
  const newest = upgrades.length + RECORDING_VERSION - UPGRADES.length;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return "The recording does not say which version it is.";
  }
  if (version > newest) {
    return `The recording was made by a newer Inspector: version ${version}; this one reads up to ${newest}.`;
  }
  return upgrades.slice(version - 1).reduce((older, step) => step(older), recording);
}

function createBatches(
  events: unknown[],
  documentOf: (event: PageEvent, place: number) => string | undefined,
): () => ReadEvents {
  let at = 0;
  return () => {
    const start = at;
    const good: { documentId: string; event: PageEvent }[] = [];
    let reason: string | undefined;
    let chars = 0;
    while (at < events.length && at - start < BATCH_EVENTS && chars < BATCH_CHARS) {
      const result = v.safeParse(pageEventSchema, events[at], { abortEarly: true });
      const documentId = result.success ? documentOf(result.output, at) : undefined;
      if (result.success && documentId !== undefined) {
        good.push({ documentId, event: result.output });
        if ("payload" in result.output) chars += result.output.payload?.json.length ?? 0;
      } else {
        const why = result.success ? "its number fits no document" : issueText(result.issues[0]);
        reason ??= `event ${at + 1} of the file: ${why}`;
      }
      events[at] = undefined; // Its memory is needed for the rest.
      at++;
    }
    return { events: good, read: at - start, skipped: at - start - good.length, reason };
  };
}

const asFields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;

function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

/** Reasons hold words of the file: short enough to read. */
const refuse = (reason: string): Refusal => ({
  ok: false,
  reason: reason.length > 300 ? `${reason.slice(0, 300)}…` : reason,
});
