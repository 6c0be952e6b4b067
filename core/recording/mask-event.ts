import type {
  DailyEvent,
  ErrorInfo,
  Loss,
  PageEvent,
  Participant,
  ParticipantWithData,
} from "../../extension/protocol/event";
import { measure, type Payload } from "../../extension/protocol/payload";
import { isKnownLoss } from "../daily/losses";
import type { Mask } from "./mask-text";
import { specialSender } from "../daily/sender";

/** Names that JavaScript and the browser give; any other is the app's own. */
const KNOWN_ERRORS = /^(?:|Eval|Range|Reference|Syntax|Type|URI|Aggregate|DataClone)Error$/;

/** Notes everybody whom an event names, so that they are masked where they are keys of payloads, too. */
export function noteIds(event: PageEvent, mask: Mask): void {
  if (event.kind === "call-snapshot") addAll(event.participants);
  if (event.kind !== "daily-event") return;
  if (event.name === "joined-meeting") addAll(event.participants);
  if ("participant" in event) addAll([event]);

  function addAll(people: readonly ParticipantWithData[]): void {
    for (const { participant } of people) {
      const { session_id, user_id, user_name } = participant;
      for (const each of [session_id, user_id, user_name]) if (each) mask.addId(each);
    }
  }
}

/** The same event without what the app, its users or its addresses say. Times, numbers of events and Daily's own words stay. */
export function maskEvent(event: PageEvent, mask: Mask): PageEvent {
  switch (event.kind) {
    case "call-created":
    case "call-failed":
      return { ...event, url: mask.text(event.url) };
    case "call-snapshot": {
      const { participants, payload, room } = event;
      return {
        ...event,
        url: mask.text(event.url),
        participants: participants.map((each) => maskPerson(each, mask)),
        ...(payload && { payload: maskPayload(payload, mask) }),
        ...(room !== undefined && { room: mask.text(room) }),
      };
    }
    case "method-called": {
      const { payload, error, to, stack, mergeStrategy, keysToDelete, lost } = event;
      return {
        ...event,
        payload: maskPayload(payload, mask),
        ...(error && { error: maskError(error, mask) }),
        ...(to !== undefined && {
          to: typeof to === "string" ? maskId(to, mask) : to.map((id) => maskId(id, mask)),
        }),
        ...(stack !== undefined && { stack: mask.text(stack) }),
        ...(mergeStrategy !== undefined && {
          mergeStrategy: /^(?:replace|shallow-merge)$/.test(mergeStrategy)
            ? mergeStrategy
            : mask.text(mergeStrategy),
        }),
        ...(lost && { lost: lost.map((each) => maskLoss(each, mask)) }),
        ...(keysToDelete && { keysToDelete: keysToDelete.map((key) => mask.key(key)) }),
      };
    }
    case "method-settled":
      return { ...event, ...(event.error && { error: maskError(event.error, mask) }) };
    case "command-failed":
    case "capture-problem":
      return { ...event, message: mask.text(event.message) };
    case "daily-event":
      return maskDailyEvent(event, mask);
  }
}

const maskLoss = ({ path, kind }: Loss, mask: Mask): Loss => ({
  path: path.map((key) => (typeof key === "string" ? mask.key(key) : key)),
  kind: isKnownLoss(kind) ? kind : mask.text(kind),
});

function maskDailyEvent(event: DailyEvent, mask: Mask): DailyEvent {
  const shared = event.handlerError && { handlerError: maskError(event.handlerError, mask) };
  switch (event.name) {
    case "app-message":
      return {
        ...event,
        ...shared,
        payload: maskPayload(event.payload, mask),
        fromId: maskId(event.fromId, mask),
      };
    case "participant-joined":
    case "participant-updated":
    case "participant-left":
      return { ...event, ...shared, ...maskPerson(event, mask) };
    case "meeting-session-state-updated":
      return {
        ...event,
        ...shared,
        ...(event.payload && { payload: maskPayload(event.payload, mask) }),
      };
    case "joined-meeting":
      return {
        ...event,
        ...shared,
        participants: event.participants.map((each) => maskPerson(each, mask)),
        ...(event.room !== undefined && { room: mask.text(event.room) }),
      };
    case "error":
    case "nonfatal-error":
    case "load-attempt-failed":
      return {
        ...event,
        ...shared,
        errorMsg: mask.text(event.errorMsg),
        ...(event.details && { details: maskPayload(event.details, mask) }),
      };
    case "network-connection":
      return {
        ...event,
        ...shared,
        ...(event.session_id !== undefined && { session_id: maskId(event.session_id, mask) }),
      };
    case "meeting-session-summary-updated":
      return { ...event, ...shared, sessionId: maskId(event.sessionId, mask) };
    default:
      return { ...event, ...shared };
  }
}

function maskPayload(payload: Payload, mask: Mask): Payload {
  const json = mask.json(payload.json);
  const { problem } = payload;
  // Its numbers are those of the whole, of which only a part is here.
  if (problem?.code === "truncated") return { ...payload, json };
  const message = problem?.code === "unserialisable" && mask.text(problem.message);
  return {
    json,
    ...measure(json),
    ...(problem && { problem: { ...problem, ...(message && { message }) } }),
  };
}

function maskPerson(
  { participant, payload }: ParticipantWithData,
  mask: Mask,
): ParticipantWithData {
  const { user_id, user_name } = participant;
  const masked: Participant = {
    ...participant,
    session_id: maskId(participant.session_id, mask),
    ...(user_id !== undefined && { user_id: maskId(user_id, mask) }),
    ...(user_name !== undefined && { user_name: mask.text(user_name) }),
  };
  return { participant: masked, ...(payload && { payload: maskPayload(payload, mask) }) };
}

/** Everyone and the server are nobody in particular. */
const maskId = (id: string, mask: Mask): string =>
  id === "*" || specialSender(id) !== undefined ? id : mask.text(id);

function maskError({ name, message, stack }: ErrorInfo, mask: Mask): ErrorInfo {
  return {
    name: KNOWN_ERRORS.test(name) ? name : mask.text(name),
    message: mask.text(message),
    ...(stack !== undefined && { stack: mask.text(stack) }),
  };
}
