import { clip, MAX_ID, MAX_LIST } from "../extension/protocol/bounds";
import type {
  DailyEvent,
  DailyEventName,
  MethodName,
  ParticipantWithData,
} from "../extension/protocol/event";
import { toPayload } from "../extension/protocol/payload";
import { type DailyCall, readCount, readMaxAppMessageSize, recordOf } from "./daily-call";
import { assign, get, hasOwn, isArray, keys, values } from "./primordials";
import { redactSecrets, roomAddress } from "../extension/protocol/redact";
import type { ParticipantWatch } from "./participant-watch";

/** What a method was given beside its data. */
export function describeArguments(call: DailyCall, method: MethodName, args: readonly unknown[]) {
  const second = args[1];
  switch (method) {
    case "sendAppMessage": {
      const limit = readMaxAppMessageSize(call);
      const to = recipients(second);
      return limit === undefined ? { to } : { to, limit };
    }
    case "setMeetingSessionData": {
      const keysToDelete = keysSetToUndefined(args[0]);
      const mergeStrategy = second === undefined ? "replace" : nameOf(second);
      return keysToDelete.length > 0 ? { mergeStrategy, keysToDelete } : { mergeStrategy };
    }
    case "setUserData":
      return {};
  }
}

function recipients(to: unknown): string | string[] {
  if (to === undefined) return "*";
  if (!isArray(to)) return nameOf(to);
  const list = to as readonly unknown[];
  const names: string[] = [];
  for (let i = 0; i < list.length && i < MAX_LIST; i++) names[i] = nameOf(list[i]);
  if (list.length > MAX_LIST) names[MAX_LIST - 1] = `… ${list.length - MAX_LIST + 1} more`;
  return names;
}

function nameOf(value: unknown): string {
  return clip(typeof value === "string" ? value : toPayload(value).json);
}

function keysSetToUndefined(data: unknown): string[] {
  const deleted: string[] = [];
  if (typeof data !== "object" || data === null) return deleted;
  const all = keys(data);
  for (let i = 0; i < all.length && deleted.length < MAX_LIST; i++) {
    const key = all[i] as string;
    if (get(data, key) === undefined) deleted[deleted.length] = clip(key);
  }
  return deleted;
}

type Common =
  | "seq"
  | "at"
  | "callId"
  | "kind"
  | "listeners"
  | "sameListeners"
  | "handlerMs"
  | "handlerError";
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Name of a Daily event and what it carried, ready to be recorded. */
type DescribedEvent = Without<DailyEvent, Common>;

type Carried = Readonly<Record<string, unknown>>;
type Context = { readonly call: DailyCall; readonly watch: ParticipantWatch };
/** Events of one shape share a member of the union, so `Extract` by name would miss them. */
type FieldsOf<N, T = DescribedEvent> = T extends { name: infer M }
  ? N extends M
    ? Omit<T, "name">
    : never
  : never;
type Describe<N extends DailyEventName> = (
  carried: Carried,
  context: Context,
) => FieldsOf<N> | undefined;

const nothing = () => ({});

/** The recorded events of Daily. `undefined` from one of these means that nothing shown has changed. */
const DESCRIBE: { readonly [N in DailyEventName]: Describe<N> } = {
  "app-message": ({ data, fromId }) => ({ payload: toPayload(data), fromId: text(fromId, MAX_ID) }),
  "participant-joined": ({ participant }, { watch }) => {
    const noted = watch.note(participant);
    return noted && { ...noted.described };
  },
  "participant-updated": ({ participant }, { watch }) => {
    const noted = watch.note(participant);
    return noted && noted.changed.length > 0
      ? { ...noted.described, changed: noted.changed }
      : undefined;
  },
  "participant-left": ({ participant, reason }, { watch }) => {
    const noted = watch.note(participant);
    if (!noted) return undefined;
    watch.forget(noted.described.participant.session_id);
    return { ...noted.described, ...optional("reason", reason) };
  },
  "meeting-session-state-updated": ({ meetingSessionState }) => {
    const { data, topology } = recordOf(meetingSessionState);
    // Prebuilt sends this event for the topology alone, without data (daily-js 0.92.2).
    return {
      ...(data !== undefined && { payload: toPayload(data) }),
      ...optional("topology", topology),
    };
  },
  "joined-meeting": ({ participants }, { call, watch }) => ({
    participants: everyone(participants, watch),
    ...describeRoom(call),
  }),
  "joining-meeting": nothing,
  loaded: nothing,
  "left-meeting": nothing,
  "call-instance-destroyed": nothing,
  error: describeFailure,
  "nonfatal-error": describeFailure,
  "load-attempt-failed": describeFailure,
  "network-connection": ({ type, event, session_id }) => ({
    type: text(type),
    event: text(event),
    ...optional("session_id", session_id, MAX_ID),
  }),
  "access-state-updated": ({ access, awaitingAccess }) => ({
    level: text(recordOf(access)["level"] ?? access),
    ...optional("awaiting", recordOf(awaitingAccess)["level"]),
  }),
  "meeting-session-summary-updated": ({ meetingSession }) => ({
    sessionId: text(recordOf(meetingSession)["id"]),
  }),
  "participant-counts-updated": ({ participantCounts }) => {
    const { present, hidden } = recordOf(participantCounts);
    return { present: count(present), hidden: count(hidden) };
  },
};

/** Whether events of this name are recorded at all: the one question asked of every event that Daily emits. */
export function isRecorded(name: unknown): name is DailyEventName {
  return typeof name === "string" && hasOwn(DESCRIBE, name);
}

/** What an event carried, in an object that is the caller's own; undefined when it changed nothing that is shown. */
export function describeEvent(
  name: DailyEventName,
  event: unknown,
  context: Context,
): DescribedEvent | undefined {
  const fields = DESCRIBE[name](recordOf(event), context);
  return fields && (assign(fields, { name }) as DescribedEvent);
}

/** Where a call is and what it may send: read off the call object when it joins. */
export function describeRoom(call: DailyCall): { room?: string; maxAppMessageSize?: number } {
  const room = roomAddress(call.properties?.url);
  const maxAppMessageSize = readMaxAppMessageSize(call);
  return {
    ...(room !== undefined && { room }),
    ...(maxAppMessageSize !== undefined && { maxAppMessageSize }),
  };
}

/** Everyone in `participants()` or `joined-meeting`, keyed by session id or `local`; noted by the watch. */
export function everyone(participants: unknown, watch: ParticipantWatch): ParticipantWithData[] {
  const all = values(recordOf(participants));
  const described: ParticipantWithData[] = [];
  for (let i = 0; i < all.length && described.length < MAX_LIST; i++) {
    const noted = watch.note(all[i]);
    if (noted) described[described.length] = noted.described;
  }
  return described;
}

function describeFailure({ errorMsg, type, error, details }: Carried) {
  // `error` is `{type, msg, details?}` for fatal errors; nonfatal ones have the same beside `errorMsg`.
  const inner = recordOf(error);
  const more = details ?? inner["details"];
  return {
    errorMsg: redactSecrets(text(errorMsg ?? inner["msg"] ?? "")),
    ...optional("type", type ?? inner["type"]),
    ...(more !== undefined && { details: toPayload(more, hideSecrets) }),
  };
}

/** A replacer for `JSON.stringify`: details of errors may quote the properties of the join, token included. */
function hideSecrets(key: string, value: unknown): unknown {
  if (/token|api_?key|secret/i.test(key)) return "…";
  return typeof value === "string" ? redactSecrets(value) : value;
}

function text(value: unknown, max?: number): string {
  return clip(typeof value === "string" ? value : toPayload(value).json || typeof value, max);
}

/** A field that is left out where the page has nothing for it. */
export function optional<K extends string>(
  key: K,
  value: unknown,
  max?: number,
): { [P in K]?: string } {
  return value === undefined || value === null
    ? {}
    : ({ [key]: text(value, max) } as { [P in K]: string });
}

const count = (value: unknown): number => readCount(value) ?? 0;
