import type { DailyEvent, EventOf } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";
import { type Budget, budgetOf, type DataChannel } from "../domain/limits";
import type { CallState } from "./call-state";
import { localPerson, type PersonLabel, personOf, recipientsOf } from "./people";
import type { Entry } from "./session-log";
import { summaryOf } from "./summary";

/** What the channel toggles switch: the three data channels, people, and the life of the call. */
export type RowChannel = DataChannel | "people" | "call";

type RowStatus = {
  readonly label: string;
  readonly level: "ok" | "waiting" | "warning" | "error";
  /** What it means, or the exact error; the text of a tooltip. */
  readonly detail?: string;
};

export type TrafficRow = {
  readonly direction: "out" | "in" | "none";
  readonly channel: RowChannel;
  /** The method or event, as Daily names it. */
  readonly name: string;
  readonly from: PersonLabel | undefined;
  readonly to: readonly PersonLabel[];
  readonly summary: string;
  readonly payload: Payload | undefined;
  readonly budget: Budget | undefined;
  readonly status: RowStatus | undefined;
};

const CHANNEL_OF_METHOD = {
  sendAppMessage: "app-message",
  setUserData: "user-data",
  setMeetingSessionData: "session-data",
} as const;

/** The channel whose toggle shows this entry, or undefined when it has no row of its own. */
export function channelOf({ event }: Entry): RowChannel | undefined {
  switch (event.kind) {
    case "method-called":
      return CHANNEL_OF_METHOD[event.method];
    case "daily-event":
      return channelOfEvent(event);
    case "method-settled": // Shown as the status of the call that it settles.
      return undefined;
    case "call-created":
    case "call-failed":
    case "call-snapshot":
    case "capture-problem":
      return "call";
  }
}

function channelOfEvent(event: DailyEvent): RowChannel | undefined {
  switch (event.name) {
    case "app-message":
      return "app-message";
    case "meeting-session-state-updated":
      return "session-data";
    case "participant-updated":
      return event.changed.includes("userData") ? "user-data" : "people";
    case "participant-joined":
    case "participant-left":
      return "people";
    case "participant-counts-updated":
      // Without hidden participants it only repeats the row of whoever joined or left.
      return event.hidden > 0 ? "people" : undefined;
    default:
      return "call";
  }
}

/** An entry as a row of the Traffic table, with names as the call knows them now. */
export function rowOf(entry: Entry, call: CallState | undefined): TrafficRow | undefined {
  const channel = channelOf(entry);
  if (!channel) return undefined;
  const { event } = entry;
  const payload = "payload" in event ? event.payload : undefined;
  const shared = {
    channel,
    payload,
    summary: summaryOf(entry),
    budget: budget(channel, payload, entry, call),
  };
  if (event.kind === "method-called") {
    return {
      ...shared,
      direction: "out",
      name: `${event.method}()`,
      from: localPerson(call),
      to: event.method === "sendAppMessage" ? recipientsOf(call, event.to) : [],
      status: statusOfCall(event, entry.settled),
    };
  }
  if (event.kind === "daily-event") {
    return {
      ...shared,
      direction: isIncoming(channel) ? "in" : "none",
      name: event.name,
      from: sender(event, call),
      to: event.name === "app-message" ? [localPerson(call)] : [],
      status: statusOfEvent(event),
    };
  }
  const status: RowStatus | undefined =
    event.kind === "capture-problem"
      ? { label: "capture problem", level: "warning", detail: event.message }
      : undefined;
  return { ...shared, direction: "none", name: event.kind, from: undefined, to: [], status };
}

/** The session state comes from the room: Daily does not say who wrote it. */
const ROOM: PersonLabel = { label: "Room", id: "", isKnown: true };

const isIncoming = (channel: RowChannel) => channel !== "call" && channel !== "people";

function budget(
  channel: RowChannel,
  payload: Payload | undefined,
  { event }: Entry,
  call: CallState | undefined,
): Budget | undefined {
  if (
    !payload ||
    payload.problem?.code === "undefined" ||
    channel === "people" ||
    channel === "call"
  )
    return undefined;
  const own = event.kind === "method-called" ? event.limit : undefined;
  return budgetOf(
    channel,
    payload,
    channel === "app-message" ? (own ?? call?.maxAppMessageSize) : undefined,
  );
}

function sender(event: DailyEvent, call: CallState | undefined): PersonLabel | undefined {
  if (event.name === "app-message") return personOf(call, event.fromId);
  if (event.name === "meeting-session-state-updated") return ROOM;
  if ("participant" in event) return personOf(call, event.participant.session_id);
  return undefined;
}

function statusOfCall(
  event: EventOf<"method-called">,
  settled: EventOf<"method-settled"> | undefined,
): RowStatus {
  if (event.outcome === "threw")
    return { label: "refused", level: "error", detail: event.error?.message ?? "" };
  switch (event.method) {
    case "sendAppMessage":
      return {
        label: "sent",
        level: "ok",
        detail: "Handed over to Daily. There is no delivery receipt for app messages.",
      };
    case "setMeetingSessionData":
      return {
        label: "queued",
        level: "ok",
        detail:
          "Handed over to Daily, which syncs about once a second (documented). The next session state shows the result.",
      };
    case "setUserData":
      return statusOfUserData(settled);
  }
}

function statusOfUserData(settled: EventOf<"method-settled"> | undefined): RowStatus {
  if (!settled)
    return {
      label: "pending",
      level: "waiting",
      detail: "The promise of setUserData() has not settled.",
    };
  if (settled.outcome === "rejected")
    return { label: "refused", level: "error", detail: settled.error?.message ?? "" };
  if (settled.valueType === "undefined") {
    return {
      label: "stored",
      level: "ok",
      detail: "Not in a call: daily-js keeps it for the next join().",
    };
  }
  return {
    label: "set",
    level: "ok",
    detail: "Set locally; the others get it later (eventual consistency).",
  };
}

function statusOfEvent(event: DailyEvent): RowStatus | undefined {
  if (event.handlerError) {
    const detail = `A listener threw, daily-js swallowed it and later listeners did not run: ${event.handlerError.message}`;
    return { label: "listener threw", level: "error", detail };
  }
  if (event.name === "error") return { label: "fatal", level: "error", detail: event.errorMsg };
  if (event.name === "nonfatal-error")
    return { label: "nonfatal", level: "warning", detail: event.errorMsg };
  if (event.name === "app-message" && event.listeners === 0) {
    return {
      label: "no listener",
      level: "warning",
      detail: "Nobody listened to app-message when it arrived.",
    };
  }
  const listeners = `${event.listeners} listener(s), ${event.handlerMs.toFixed(1)} ms`;
  if (event.name === "participant-updated" && event.participant.local) {
    const detail = `Daily tells the page of its own change. ${listeners}`;
    return { label: "echo", level: "ok", detail };
  }
  return isIncoming(channelOfEvent(event) ?? "call")
    ? { label: "received", level: "ok", detail: listeners }
    : undefined;
}
