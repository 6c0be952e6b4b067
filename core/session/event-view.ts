import type { DailyEvent, PageEvent } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";
import { type Budget, budgetOf, type DataChannel } from "../daily/limits";
import { messageType, type MessageType } from "../daily/message-type";
import { decode, type Decoded } from "../protocols/decode";
import type { Origin } from "../protocols/protocol";
import type { CallState } from "./call-state";
import { receivedDifference, valueOf } from "./change";
import { type Latency, latencyOf, type RowStatus, statusOf } from "./row-status";
import { asKnown, localPerson, type PersonLabel, personOf, recipientsOf } from "./people";
import type { Entry } from "./session-log";
import { summaryOf } from "./summary";

/** What the channel toggles switch: the three data channels, people, and the life of the call. */
export type RowChannel = DataChannel | "people" | "call";

/**
 * What an event means: the one reading of it that the table, the filter, the rules, the statistics, copies and the
 * overview ask. What is costly is found out when it is first asked for, and kept.
 */
export type EventView = {
  readonly entry: Entry;
  readonly event: PageEvent;
  /** The call that it belongs to, as it was known when the view was made. */
  readonly call: CallState | undefined;
  /** The channel whose toggle shows it; undefined when it has no row of its own. */
  readonly channel: RowChannel | undefined;
  /** Whether the page sent it or got it, if it is about one of the data channels. */
  readonly direction: "out" | "in" | "none";
  /** The method or event, as Daily names it; for what is none of Daily's, the kind of our own event. */
  readonly dailyName: string;
  /** The same as it is shown: `sendAppMessage()`. */
  readonly name: string;
  readonly payload: Payload | undefined;
  /** The payload's value; undefined where there is none that can be read. */
  readonly value: unknown;
  /** What an app message says, if it is one of a known protocol. */
  readonly decoded: Decoded | undefined;
  /** What an app message is about, where it says so. */
  readonly type: MessageType | undefined;
  /** One line that says what it is about, without the type. */
  readonly summary: string;
  /** Who sent it and to whom, by the names that they had then. */
  readonly from: PersonLabel | undefined;
  readonly to: readonly PersonLabel[];
  /** How much of its channel's limit the payload uses; undefined outside of the data channels. */
  readonly budget: (Budget & { readonly channel: DataChannel }) | undefined;
  /** How long it took to work; undefined for what has no receipt, or none yet. Never kept: it shows late. */
  readonly latency: Latency | undefined;
  /** What became of it by a time (epoch ms). */
  status(now: number): RowStatus | undefined;
};

/** The view of an event that has a row. */
export type RowView = EventView & { readonly channel: RowChannel };

/** The latest views: the table, the filter and the rules ask about the same new events, one after the other. */
const MAX_RECENT = 64;
const recent = new Map<Entry, EventView>();

/** The view of an entry. `call` is as the log has it now: names and limits are read from it. */
export function viewOf(entry: Entry, call: CallState | undefined): EventView {
  const known = recent.get(entry);
  if (known?.call === call && known) return known;
  if (recent.size >= MAX_RECENT) recent.clear();
  const view = new LazyView(entry, call);
  recent.set(entry, view);
  return view;
}

/** The view of an entry as a row; undefined when it has none. */
export function rowOf(entry: Entry, call: CallState | undefined): RowView | undefined {
  if (!channelOf(entry)) return undefined;
  return viewOf(entry, call) as RowView;
}

/** A class, because getters of a shared prototype cost nothing per view: closures would take a kilobyte for each. */
class LazyView implements EventView {
  readonly event: PageEvent;
  readonly channel: RowChannel | undefined;
  readonly payload: Payload | undefined;
  #decoded: Found<Decoded | undefined>;
  #type: Found<MessageType | undefined>;
  #summary: Found<string>;
  #people: Found<Pick<EventView, "from" | "to">>;
  #budget: Found<EventView["budget"]>;

  constructor(
    readonly entry: Entry,
    readonly call: CallState | undefined,
  ) {
    const { event } = entry;
    this.event = event;
    this.channel = channelOf(entry);
    this.payload = "payload" in event ? event.payload : undefined;
  }

  get direction() {
    return directionOf(this.event, this.channel);
  }
  get dailyName() {
    return nameOf(this.event);
  }
  get name() {
    return this.event.kind === "method-called" ? `${this.dailyName}()` : this.dailyName;
  }
  get value() {
    return valueOf(this.payload);
  }
  get decoded(): Decoded | undefined {
    this.#decoded ??= {
      found: mayHaveType(this) ? decode(this.value, originOf(this.event)) : undefined,
    };
    return this.#decoded.found;
  }
  get type(): MessageType | undefined {
    this.#type ??= { found: mayHaveType(this) ? typeOf(this) : undefined };
    return this.#type.found;
  }
  get summary(): string {
    const { entry, call } = this;
    this.#summary ??= {
      found: receivedDifference(entry, call?.history) ?? summaryOf(entry, this.type, this.decoded),
    };
    return this.#summary.found;
  }
  get from() {
    return this.#peopleThen().from;
  }
  get to() {
    return this.#peopleThen().to;
  }
  get budget() {
    const { channel, payload, event, call } = this;
    this.#budget ??= { found: budgetIn(channel, payload, event, call) };
    return this.#budget.found;
  }
  get latency() {
    return latencyOf(this.entry, this.call?.history);
  }
  status(now: number) {
    return statusOf(this.entry, this.call?.history, now);
  }

  #peopleThen() {
    this.#people ??= { found: peopleOf(this.event, this.call) };
    return this.#people.found;
  }
}

/** What was found out, which may be that there is nothing; undefined before it was asked for. */
type Found<T> = { readonly found: T } | undefined;

/** Numbers, lists and words of the language name no type: they need not be read. */
const mayHaveType = ({ channel, payload }: EventView): boolean =>
  channel === "app-message" && payload !== undefined && /^["{]/.test(payload.json);

const originOf = (event: PageEvent): Origin =>
  event.kind === "daily-event" && event.name === "app-message"
    ? { direction: "in", fromId: event.fromId }
    : { direction: "out" };

/** What the data of an app message says that it is about: by a protocol that is known, else by itself. */
function typeOf({ decoded, value, call }: EventView): MessageType | undefined {
  if (!decoded) return messageType(value, call?.typePath);
  const { label, note, inner } = decoded;
  return { label, note, ...(inner !== undefined && { inner }) };
}

/** The type of a row to show beside its summary: keys that stand for one, and a bare word, would only be said twice. */
export function chipOf({ type, summary }: EventView): string | undefined {
  return type && !type.isShape && summary !== `"${type.label}"` ? type.label : undefined;
}

function nameOf(event: PageEvent): string {
  if (event.kind === "method-called") return event.method;
  return event.kind === "daily-event" ? event.name : event.kind;
}

const CHANNEL_OF_METHOD = {
  sendAppMessage: "app-message",
  setUserData: "user-data",
  setMeetingSessionData: "session-data",
} as const;

/** The channel whose toggle shows an entry, or undefined when it has no row of its own. Costs nothing. */
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
    case "command-failed":
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
      // Without hidden participants it only repeats the row of the person who joined or left.
      return event.hidden > 0 ? "people" : undefined;
    default:
      return "call";
  }
}

const isData = (channel: RowChannel | undefined): channel is DataChannel =>
  channel !== undefined && channel !== "call" && channel !== "people";

function directionOf(event: PageEvent, channel: RowChannel | undefined): EventView["direction"] {
  if (event.kind === "method-called") return "out";
  return event.kind === "daily-event" && isData(channel) ? "in" : "none";
}

/** The session state comes from the room: Daily does not say who wrote it. */
export const ROOM = asKnown("Room");

function peopleOf(event: PageEvent, call: CallState | undefined): Pick<EventView, "from" | "to"> {
  if (event.kind === "method-called") {
    const to = event.method === "sendAppMessage" ? recipientsOf(call, event.to, event.seq) : [];
    return { from: localPerson(call, event.seq), to };
  }
  if (event.kind !== "daily-event") return { from: undefined, to: [] };
  if (event.name === "app-message")
    return {
      from: personOf(call, event.fromId, event.seq),
      to: [localPerson(call, event.seq)],
    };
  if (event.name === "meeting-session-state-updated") return { from: ROOM, to: [] };
  if ("participant" in event)
    return { from: personOf(call, event.participant.session_id, event.seq), to: [] };
  return { from: undefined, to: [] };
}

function budgetIn(
  channel: RowChannel | undefined,
  payload: Payload | undefined,
  event: PageEvent,
  call: CallState | undefined,
): EventView["budget"] {
  if (!payload || payload.problem?.code === "undefined" || !isData(channel)) return undefined;
  const own = event.kind === "method-called" ? event.limit : undefined;
  const max = channel === "app-message" ? (own ?? call?.maxAppMessageSize) : undefined;
  return { channel, ...budgetOf(channel, payload, max) };
}
