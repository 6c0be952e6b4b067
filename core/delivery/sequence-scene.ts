import type { DailyEvent, EventOf } from "../../extension/protocol/event";
import { deliveryOf } from "../daily/delivery";
import { countText, durationText, shortText } from "../lib/texts";
import type { CallState } from "../session/call-state";
import { chipOf, type EventView, viewOf } from "../session/event-view";
import { ownIdAt } from "../session/people";
import type { Entry } from "../session/session-log";
import type { Outcome, Reception, Source } from "./deliveries";
import { isTrouble, receptionText, shortReceptionText } from "./outcome-text";
import type { SequenceRow } from "./sequence";
import type { SequenceColumns } from "./sequence-columns";

/** How an arrow ends at a column, and so how it is drawn. */
export type Reach =
  /** It arrived. */
  | "arrived"
  /** It arrived more than once. */
  | "doubled"
  /** It is one of equal messages of which only the count is known. */
  | "equal"
  /** It was lost, refused or failed. */
  | "lost"
  /** It may still arrive. */
  | "waiting"
  /** Whether it arrived isn't known: the page isn't in view, or left. */
  | "unknown";

export type SceneEnd = {
  readonly column: number;
  readonly reach: Reach;
  /** Whether something went wrong at this end. */
  readonly isTrouble: boolean;
  /** The rest of a sentence that begins with the name of the column. */
  readonly text: string;
  /** The same in a few characters: `38 ms`, `not received`. */
  readonly result: string;
};

/** A row as it is drawn and told. */
export type Scene = {
  readonly view: EventView;
  /** The column that it comes from, or that it is about; -1 for none. */
  readonly from: number;
  readonly ends: readonly SceneEnd[];
  /** What is drawn on the column where there is no arrow. */
  readonly mark: "join" | "leave" | "event" | undefined;
  /** Whether only the arrival is known, and not when it was sent. */
  readonly isArrivalOnly: boolean;
  /** What a message is about; else the method or event. */
  readonly type: string;
  readonly summary: string;
  /** What became of it in a few characters: how long the slowest took, or how many of how many. */
  readonly result: string;
  readonly level: "ok" | "waiting" | "warning" | "error";
  /** All of it in words: `Ada to Bob: hi. Bob received after 38 ms`. */
  readonly words: string;
};

export type SceneContext = {
  readonly columns: SequenceColumns;
  readonly callOf: (callId: string) => CallState | undefined;
  readonly outcomeOf: (entry: Entry) => Outcome | undefined;
  readonly sourceOf: (arrival: Entry) => Source | undefined;
  /** Epoch ms. */
  readonly now: number;
};

type Drawn = Pick<Scene, "from" | "ends"> &
  Partial<Pick<Scene, "mark" | "isArrivalOnly" | "result" | "level">> & {
    /** To whom it was sent, in words, where that isn't who its ends are. */
    readonly to?: string;
    /** More to say. */
    readonly note?: string;
  };

/** What a row draws, by what is known now. */
export function sceneOf(row: SequenceRow, context: SceneContext): Scene {
  const { entry } = row;
  const { columns, callOf, now } = context;
  const view = viewOf(entry, callOf(entry.event.callId));
  const drawn = drawnOf(row, view, context);
  const { from, ends, to, note, result = "" } = drawn;
  const type = STAYS[drawn.mark ?? ""] ?? typeOf(view);
  const summary = drawn.mark === "join" || drawn.mark === "leave" ? "" : view.summary;
  const status = view.status(now);
  const ofStatus = status?.level === "error" || status?.level === "warning" ? status.level : "ok";
  const level = ends.some((end) => end.isTrouble) ? "warning" : "ok";
  const nameOf = (column: number) => {
    const { name = "", isOwn = false } = columns.list[column] ?? {};
    return isOwn ? `${name} (you)` : name;
  };
  const names = to ?? ends.map(({ column }) => nameOf(column)).join(", ");
  const who = from < 0 ? "" : names ? `${nameOf(from)} to ${names}: ` : `${nameOf(from)}: `;
  const told = ends.map(({ column, text }) => text && `${nameOf(column)} ${text}`);
  const sentences = [
    `${who}${[type, shortText(summary, MAX_TOLD)].filter(Boolean).join(" ")}`,
    told.filter(Boolean).join("; "),
    note,
  ];
  return {
    view,
    from,
    ends,
    mark: drawn.mark ?? (ends.length === 0 && from >= 0 ? "event" : undefined),
    isArrivalOnly: drawn.isArrivalOnly === true,
    type,
    summary,
    result,
    level: drawn.level ?? (ofStatus === "ok" ? level : ofStatus),
    words: sentences.filter(Boolean).join(". "),
  };
}

/** Characters of a summary in a sentence. */
const MAX_TOLD = 120;

const STAYS: Readonly<Record<string, string>> = { join: "joined", leave: "left" };

/** What the label begins with. */
function typeOf(view: EventView): string {
  switch (view.channel) {
    case "app-message":
      return chipOf(view) ?? "";
    case "user-data":
      return "user data";
    case "session-data":
      return "session data";
    default:
      return view.dailyName;
  }
}

function drawnOf(row: SequenceRow, view: EventView, context: SceneContext): Drawn {
  const { event } = row.entry;
  if (event.kind === "method-called") {
    if (event.outcome === "threw") return refused(view, selfColumn(row.entry, context), context);
    switch (event.method) {
      case "sendAppMessage":
        return messageOf(row.entry, event, view, context);
      case "setUserData":
        return userDataOf(row, view, context);
      case "setMeetingSessionData":
        return writeOf(row.entry, view, context);
    }
  }
  if (event.kind === "daily-event") return eventOf(row, event, context);
  return { from: selfColumn(row.entry, context), ends: [] };
}

/** The column of the page that an event happened in; before its first join, of who it became. */
function selfColumn({ event }: Entry, { callOf, columns }: SceneContext): number {
  const call = callOf(event.callId);
  const id = ownIdAt(call, event.seq) ?? call?.history.people.localId();
  return id === undefined ? -1 : columns.placeOf(id);
}

function refused(view: EventView, from: number, { now }: SceneContext): Drawn {
  const status = view.status(now);
  return {
    from,
    ends: [],
    result: "refused",
    level: "error",
    note: `Refused${status?.detail ? `: ${status.detail}` : ""}`,
  };
}

function messageOf(
  entry: Entry,
  event: EventOf<"method-called">,
  view: EventView,
  context: SceneContext,
): Drawn {
  const { callOf, columns, outcomeOf, now } = context;
  const from = selfColumn(entry, context);
  const outcome = outcomeOf(entry);
  const ends = new Map<number, SceneEnd>();
  const put = (id: string, end: Omit<SceneEnd, "column">) => {
    const column = columns.placeOf(id);
    if (column >= 0 && !ends.has(column)) ends.set(column, { column, ...end });
  };
  for (const reception of outcome?.receptions ?? []) {
    // A broadcast was never on its way to them.
    if (reception.verdict.kind === "joined-later") continue;
    put(reception.sessionId, endOf(reception));
  }
  const people = callOf(event.callId)?.history.people;
  const unseen = {
    reach: "unknown",
    isTrouble: false,
    text: "not in view",
    result: "not in view",
  } as const;
  const delivery = people && deliveryOf(event.to, event.seq, people);
  for (const { sessionId } of delivery?.isBroadcast ? delivery.audience : [])
    put(sessionId, unseen);
  for (const { id } of delivery?.recipients ?? []) put(id, unseen);
  ends.delete(from);
  const status = view.status(now);
  const isOdd = status !== undefined && status.level !== "ok";
  return {
    from,
    ends: [...ends.values()],
    result: isOdd ? status.label : resultOf(outcome),
    ...(isOdd && { level: status.level, note: status.detail ?? status.label }),
    ...(delivery?.isBroadcast && { to: "everyone" }),
  };
}

const REACHES: { readonly [K in Reception["verdict"]["kind"]]: Reach } = {
  received: "arrived",
  held: "arrived",
  replaced: "unknown",
  doubled: "doubled",
  "of-equals": "equal",
  lost: "lost",
  waiting: "waiting",
  left: "unknown",
  "joined-later": "unknown",
  "not-in-view": "unknown",
};

const endOf = (reception: Reception): Omit<SceneEnd, "column"> => ({
  reach: REACHES[reception.verdict.kind],
  isTrouble: isTrouble(reception),
  text: receptionText(reception),
  result: shortReceptionText(reception),
});

/** `38 ms`; `1 of 2` where not all have it, `1 of 2 equal` where it isn't known which they have. */
function resultOf(outcome: Outcome | undefined): string {
  if (!outcome || outcome.known === 0) return "";
  const { known, received, equals, latencyMs, receptions } = outcome;
  if (equals) return `${countText(equals.arrived)} of ${countText(equals.sent)} equal`;
  const doubled = receptions.find(({ verdict }) => verdict.kind === "doubled")?.verdict;
  if (doubled?.kind === "doubled") return `received ${doubled.arrivals.length} times`;
  if (received < known && known > 1) return `${received} of ${known}`;
  if (received < known) return receptions.some(isTrouble) ? "not received" : "";
  return latencyMs === undefined ? "" : durationText(latencyMs);
}

/** A write of user data, and at whom it has arrived: as its own page saw it, and as other pages report it. */
function userDataOf(row: SequenceRow, view: EventView, context: SceneContext): Drawn {
  const { columns, outcomeOf, now } = context;
  const from = selfColumn(row.entry, context);
  const outcome = outcomeOf(row.entry);
  const ends = new Map<number, SceneEnd>();
  for (const reception of outcome?.receptions ?? []) {
    const column = columns.placeOf(reception.sessionId);
    if (reception.verdict.kind !== "joined-later" && column >= 0)
      ends.set(column, { column, ...endOf(reception) });
  }
  for (const end of receivers(row.also, context))
    if (!ends.has(end.column)) ends.set(end.column, end);
  ends.delete(from);
  const status = view.status(now);
  const isOdd = status?.level === "warning" || ends.size === 0;
  return {
    from,
    ends: [...ends.values()],
    result: isOdd ? (status?.label ?? "") : resultOf(outcome),
    ...(isOdd && status && { level: status.level, note: status.detail ?? status.label }),
  };
}

/** A write of session data: to the room, until a state has it. */
function writeOf(entry: Entry, view: EventView, context: SceneContext): Drawn {
  const { columns, now } = context;
  const status = view.status(now);
  const { latency } = view;
  const isSynced = status?.label === "synced" && latency !== undefined;
  const result = isSynced ? durationText(latency.ms) : (status?.label ?? "");
  const reach = WRITE_REACHES[status?.label ?? ""] ?? "arrived";
  const end: SceneEnd = {
    column: columns.room,
    reach,
    isTrouble: status?.level === "warning" || status?.level === "error",
    text: "",
    result,
  };
  return {
    from: selfColumn(entry, context),
    ends: columns.room < 0 ? [] : [end],
    result,
    level: status?.level ?? "ok",
    ...(status?.detail && { note: status.detail }),
  };
}

const WRITE_REACHES: Readonly<Record<string, Reach>> = {
  queued: "waiting",
  unconfirmed: "unknown",
  lost: "lost",
  failed: "lost",
  unchanged: "unknown",
  "cleared from the log": "unknown",
};

/** Those in whose pages events happened. */
const receivers = (entries: readonly Entry[], context: SceneContext): SceneEnd[] => {
  const columns = new Set(entries.map((entry) => selfColumn(entry, context)));
  columns.delete(-1);
  return [...columns].map((column) => ({
    column,
    reach: "arrived",
    isTrouble: false,
    text: "",
    result: "",
  }));
};

function eventOf(row: SequenceRow, event: DailyEvent, context: SceneContext): Drawn {
  const { entry, also } = row;
  const { columns } = context;
  switch (event.name) {
    case "app-message":
      return arrivalOf(row, event, context);
    case "meeting-session-state-updated":
      return { from: columns.room, ends: receivers([entry, ...also], context) };
    case "participant-updated":
    case "participant-joined":
    case "participant-left": {
      const from = columns.placeOf(event.participant.session_id);
      if (event.name === "participant-joined") return { from, ends: [], mark: "join" };
      if (event.name === "participant-left") return { from, ends: [], mark: "leave" };
      if (!event.changed.includes("userData")) return { from, ends: [] };
      const ends = receivers([entry, ...also], context);
      return { from, ends: ends.filter(({ column }) => column !== from) };
    }
    case "joined-meeting":
      return { from: selfColumn(entry, context), ends: [], mark: "join" };
    case "left-meeting":
      return { from: selfColumn(entry, context), ends: [], mark: "leave" };
    default:
      return { from: selfColumn(entry, context), ends: [] };
  }
}

/** Arrivals that aren't under their message: it was filtered away, isn't in view, or can't be told from others. */
function arrivalOf(
  { entry, also }: SequenceRow,
  event: Extract<DailyEvent, { name: "app-message" }>,
  context: SceneContext,
): Drawn {
  const { columns, sourceOf } = context;
  const source = event.simulated ? undefined : sourceOf(entry);
  const from = columns.placeOf(event.fromId);
  const ends = [entry, ...also].flatMap((each) => arrivalEnd(each, source?.latencyMs, context));
  const isOfSelf = ends.some(({ column }) => column === from);
  const isOfSeen = !source && columns.list[from]?.isInView === true && !isOfSelf;
  const trouble = ends.find(({ isTrouble: isBad }) => isBad);
  const result = event.simulated ? "simulated" : ((trouble ?? ends[0])?.result ?? "");
  if (event.simulated)
    return { from, ends, result, isArrivalOnly: true, note: "Simulated: only this page got it" };
  if (!isOfSeen) return { from, ends, result };
  const note =
    "Which message it is can’t be told: its sending isn’t in the log, or equal ones were sent";
  return { from, ends, result, isArrivalOnly: true, note };
}

function arrivalEnd(
  entry: Entry,
  latencyMs: number | undefined,
  context: SceneContext,
): SceneEnd[] {
  const column = selfColumn(entry, context);
  const status = viewOf(entry, context.callOf(entry.event.callId)).status(context.now);
  const isBad = status?.level === "warning" || status?.level === "error";
  const time = latencyMs === undefined ? "" : durationText(latencyMs);
  const text = `received${time && ` after ${time}`}${isBad ? `, ${status.label}` : ""}`;
  const end: SceneEnd = {
    column,
    reach: "arrived",
    isTrouble: isBad,
    text,
    result: isBad ? status.label : time,
  };
  return column < 0 ? [] : [end];
}
