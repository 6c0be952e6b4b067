/**
 * What a page tells the panel: one event per fact, exactly as it travels and as a recording keeps it.
 * The schemas are the guards; the types come from them. Content scripts import the types only.
 */
import * as v from "valibot";

import { MAX_ID, MAX_LIST, MAX_TEXT } from "./bounds";
import { MAX_PAYLOAD_CHARS, type Payload } from "./payload";

const id = v.pipe(v.string(), v.maxLength(MAX_ID));
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The last moment that a date can say. */
const LATEST = 8.64e15;
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(LATEST));

const payloadEntries = v.object({
  json: v.pipe(v.string(), v.maxLength(MAX_PAYLOAD_CHARS)),
  chars: count,
  bytes: count,
  problem: v.exactOptional(
    v.object({ code: v.picklist(["undefined", "unserialisable", "truncated"]), message: text }),
  ),
});
/** A payload whose numbers contradict its text was not made by `toPayload`. */
const payload: v.GenericSchema<Payload> = v.pipe(
  payloadEntries,
  v.check(
    ({ json, chars, problem }) => problem !== undefined || json.length === chars,
    "sizes contradict the text",
  ),
);

const errorInfo = v.object({ name: text, message: text, stack: v.exactOptional(text) });

/** The part of Daily's `DailyParticipant` that is shown. No tracks: they must not leave the page. */
const participant = v.object({
  session_id: id,
  user_id: v.exactOptional(id),
  user_name: v.exactOptional(text),
  local: v.boolean(),
  owner: v.exactOptional(v.boolean()),
  joined_at: v.exactOptional(text),
});
const participantWithData = v.object({ participant, payload: v.exactOptional(payload) });

/** A list that is short enough to be shown. */
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(MAX_LIST));

/** Something that JSON leaves out or changes: where, and what it was (`undefined`, `NaN`, `Date`, `Map`, `function`, …). */
const loss = v.object({ path: list(v.union([text, count])), kind: text });

const base = { seq: v.pipe(count, v.minValue(1)), at: milliseconds, callId: id };
const emitted = {
  ...base,
  kind: v.literal("daily-event"),
  listeners: count,
  /** How many of them are the same function as one before: registered twice, it runs twice. Never 0. */
  sameListeners: v.exactOptional(count),
  handlerMs: milliseconds,
  handlerError: v.exactOptional(errorInfo),
};
const errorDetails = {
  errorMsg: text,
  type: v.exactOptional(text),
  details: v.exactOptional(payload),
};

const dailyEvent = v.variant("name", [
  v.object({
    ...emitted,
    name: v.literal("app-message"),
    payload,
    fromId: id,
    /** Handed to the app by the panel: no one sent it, and no one else got it. */
    simulated: v.exactOptional(v.literal(true)),
    commandId: v.exactOptional(id),
  }),
  v.object({ ...emitted, name: v.literal("participant-joined"), ...participantWithData.entries }),
  v.object({
    ...emitted,
    name: v.literal("participant-updated"),
    ...participantWithData.entries,
    /** Names of the fields that differ from what was last recorded, `userData` among them. */
    changed: list(id),
  }),
  v.object({
    ...emitted,
    name: v.literal("participant-left"),
    ...participantWithData.entries,
    reason: v.exactOptional(text),
  }),
  v.object({
    ...emitted,
    name: v.literal("meeting-session-state-updated"),
    payload: v.exactOptional(payload),
    topology: v.exactOptional(text),
  }),
  v.object({
    ...emitted,
    name: v.literal("joined-meeting"),
    participants: list(participantWithData),
    room: v.exactOptional(text),
    /** `_maxAppMessageSize` after the join, in UTF-16 code units (daily-js 0.70 and newer). */
    maxAppMessageSize: v.exactOptional(count),
  }),
  v.object({
    ...emitted,
    name: v.picklist(["joining-meeting", "loaded", "left-meeting", "call-instance-destroyed"]),
  }),
  v.object({
    ...emitted,
    name: v.picklist(["error", "nonfatal-error", "load-attempt-failed"]),
    ...errorDetails,
  }),
  v.object({
    ...emitted,
    name: v.literal("network-connection"),
    type: text,
    event: text,
    session_id: v.exactOptional(id),
  }),
  v.object({
    ...emitted,
    name: v.literal("access-state-updated"),
    level: text,
    awaiting: v.exactOptional(text),
  }),
  v.object({ ...emitted, name: v.literal("meeting-session-summary-updated"), sessionId: text }),
  v.object({
    ...emitted,
    name: v.literal("participant-counts-updated"),
    present: count,
    hidden: count,
  }),
]);

const callInfo = { version: text, mode: v.picklist(["call-object", "prebuilt"]), url: text };
const method = v.picklist(["sendAppMessage", "setUserData", "setMeetingSessionData"]);

export const pageEventSchema = v.variant("kind", [
  v.object({ ...base, kind: v.literal("call-created"), ...callInfo }),
  /** The constructor threw, yet daily-js keeps the instance: the next one may be refused as a duplicate. */
  v.object({ ...base, kind: v.literal("call-failed"), ...callInfo }),
  /** The state read off a call object: when it was found late, or when older events had to be dropped. */
  v.object({
    ...base,
    kind: v.literal("call-snapshot"),
    ...callInfo,
    meetingState: text,
    participants: list(participantWithData),
    payload: v.exactOptional(payload),
    topology: v.exactOptional(text),
    room: v.exactOptional(text),
    maxAppMessageSize: v.exactOptional(count),
  }),
  v.object({
    ...base,
    kind: v.literal("method-called"),
    method,
    payload,
    by: v.picklist(["page", "panel"]),
    /** Of the panel's command that made the call. */
    commandId: v.exactOptional(id),
    outcome: v.picklist(["returned", "threw"]),
    error: v.exactOptional(errorInfo),
    /** Recipients of an app message as given: `"*"`, a session id, or several. */
    to: v.exactOptional(v.union([text, list(text)])),
    mergeStrategy: v.exactOptional(text),
    /** Top-level keys given as `undefined`, which JSON cannot show: a shallow merge deletes them. */
    keysToDelete: v.exactOptional(list(text)),
    /** What JSON leaves out or changes in the data, the first few. `Object` is an instance of a class of the app's own. */
    lost: v.exactOptional(list(loss)),
    /** `_maxAppMessageSize` at the time of a `sendAppMessage()`, in UTF-16 code units. */
    limit: v.exactOptional(count),
    stack: v.exactOptional(text),
  }),
  v.object({
    ...base,
    kind: v.literal("method-settled"),
    method,
    /** `seq` of the `method-called` whose promise this is. */
    calledSeq: count,
    outcome: v.picklist(["resolved", "rejected"]),
    /** `typeof` the resolved value. `setUserData()` resolves with `undefined` when it only stored the data. */
    valueType: v.exactOptional(text),
    error: v.exactOptional(errorInfo),
  }),
  dailyEvent,
  /** A command of the panel that could not even be tried. */
  v.object({ ...base, kind: v.literal("command-failed"), commandId: id, message: text }),
  /** Something in our own capture went wrong. It never reached the page. `callId` is empty when no call is meant. */
  v.object({ ...base, kind: v.literal("capture-problem"), where: text, message: text }),
]);

export type PageEvent = v.InferOutput<typeof pageEventSchema>;
export type PageEventKind = PageEvent["kind"];
export type EventOf<K extends PageEventKind> = Extract<PageEvent, { kind: K }>;
export type DailyEvent = EventOf<"daily-event">;
export type DailyEventName = DailyEvent["name"];
export type MergeStrategy = "replace" | "shallow-merge";
export type MethodName = EventOf<"method-called">["method"];
export type Loss = v.InferOutput<typeof loss>;
export type ErrorInfo = v.InferOutput<typeof errorInfo>;
export type Participant = v.InferOutput<typeof participant>;
export type ParticipantWithData = v.InferOutput<typeof participantWithData>;
