/** One event of every kind and name, as it travels. A kind without a sample does not compile. */
import type {
  DailyEventName,
  EventOf,
  PageEvent,
  PageEventKind,
} from "../../extension/protocol/event";
import { toPayload } from "../../extension/protocol/payload";

const base = { seq: 1, at: 1_790_000_000_000.25, callId: "call-1" };
const info = { version: "0.92.2", mode: "call-object", url: "https://app.example/qa" } as const;
const participant = {
  session_id: "session-1",
  user_id: "user-1",
  user_name: "Ada",
  local: true,
  owner: true,
  joined_at: "2026-01-01T00:00:00.000Z",
};
const emitted = { ...base, kind: "daily-event", listeners: 1, handlerMs: 0.5 } as const;
const failure = {
  errorMsg: "merged data too large",
  type: "meeting-session-data-error",
  details: toPayload({ n: 1 }),
};

type Named<N extends DailyEventName, T = EventOf<"daily-event">> = T extends { name: infer M }
  ? N extends M
    ? T & { name: N }
    : never
  : never;

const DAILY_EVENT_SAMPLES: { readonly [N in DailyEventName]: Named<N> } = {
  "app-message": {
    ...emitted,
    listeners: 2,
    sameListeners: 1,
    name: "app-message",
    payload: toPayload({ kind: "chat" }),
    fromId: "session-2",
  },
  "participant-joined": { ...emitted, name: "participant-joined", participant },
  "participant-updated": {
    ...emitted,
    name: "participant-updated",
    participant,
    payload: toPayload({ hand: true }),
    changed: ["userData"],
    handlerError: { name: "TypeError", message: "x is undefined", stack: "at app.js:1:1" },
  },
  "participant-left": { ...emitted, name: "participant-left", participant, reason: "hidden" },
  "meeting-session-state-updated": {
    ...emitted,
    name: "meeting-session-state-updated",
    payload: toPayload({ stage: [] }),
    topology: "sfu",
  },
  "joined-meeting": {
    ...emitted,
    name: "joined-meeting",
    participants: [{ participant, payload: toPayload("raw") }],
    room: "https://you.daily.co/qa",
    maxAppMessageSize: 4096,
  },
  "joining-meeting": { ...emitted, name: "joining-meeting" },
  loaded: { ...emitted, name: "loaded" },
  "left-meeting": { ...emitted, name: "left-meeting" },
  "call-instance-destroyed": { ...emitted, name: "call-instance-destroyed" },
  error: { ...emitted, name: "error", ...failure },
  "nonfatal-error": { ...emitted, name: "nonfatal-error", ...failure },
  "load-attempt-failed": { ...emitted, name: "load-attempt-failed", errorMsg: "" },
  "network-connection": { ...emitted, name: "network-connection", type: "sfu", event: "connected" },
  "access-state-updated": { ...emitted, name: "access-state-updated", level: "full" },
  "meeting-session-summary-updated": {
    ...emitted,
    name: "meeting-session-summary-updated",
    sessionId: "meeting-1",
  },
  "participant-counts-updated": {
    ...emitted,
    name: "participant-counts-updated",
    present: 2,
    hidden: 0,
  },
};

export const SAMPLES: { readonly [K in PageEventKind]: EventOf<K> } = {
  "call-created": { ...base, kind: "call-created", ...info },
  "call-failed": { ...base, kind: "call-failed", ...info },
  "call-snapshot": {
    ...base,
    kind: "call-snapshot",
    ...info,
    meetingState: "joined-meeting",
    participants: [{ participant }],
    payload: toPayload({}),
    topology: "none",
  },
  "method-called": {
    ...base,
    kind: "method-called",
    method: "sendAppMessage",
    payload: toPayload({ hi: 1 }),
    by: "page",
    outcome: "threw",
    error: { name: "Error", message: "Message data too large. Max size is 4096" },
    to: ["session-2", "session-3"],
    lost: [{ path: ["votes", 0, "at"], kind: "Date" }],
    limit: 4096,
    stack: "at send (https://app.example/app.js:3:7)",
  },
  "method-settled": {
    ...base,
    kind: "method-settled",
    method: "setUserData",
    calledSeq: 1,
    outcome: "resolved",
    valueType: "object",
  },
  "daily-event": DAILY_EVENT_SAMPLES["app-message"],
  "command-failed": {
    ...base,
    kind: "command-failed",
    commandId: "command-1",
    message: "This call is gone.",
  },
  "capture-problem": { ...base, kind: "capture-problem", where: "emit", message: "Error: no" },
};

/** All of them. */
export const ALL_SAMPLES: readonly PageEvent[] = [
  ...Object.values(SAMPLES),
  ...Object.values(DAILY_EVENT_SAMPLES),
];
