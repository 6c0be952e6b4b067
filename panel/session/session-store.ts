import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { CallState } from "../../core/session/call-state";
import { type Filter, NO_FILTER } from "../../core/filter/filter";
import { DEFAULT_LOG_LIMITS, type Entry, type LogLimits } from "../../core/session/session-log";
import { createReveal } from "./reveal";
import { createSelection, type Selection } from "./selection";
import { createSession, type Pace, type Session, type SessionSource } from "./session";
import type { ReadBatch } from "../../extension/protocol/read-batch";
import type { FilterKey } from "../../core/filter/language/filter-keys";
import { seenValues } from "../../core/filter/language/complete-filter";
import type { RecordingInfo } from "../../core/recording/recording";
import { type ExportOptions, writeRecording } from "../../core/recording/write-recording";
import { createAddedRecordings } from "./added-recordings";
import { type Arrangement, IN_ORDER } from "./arrangement";
import { createCallIds } from "../../core/session/call-ids";
import { createLiveSession } from "./live-session";
import { DEFAULT_TABLE, type TableSettings } from "./columns";
import { createCommands, type SendCommand } from "./commands";
import { createSources, type SourceHost } from "./sources";
import { createUndos } from "./undo";

/** Which session is shown: the page's, or a recording in its place while the page's goes on unseen. */
function createSessionChoice(
  live: Session,
  { filter, selection }: { readonly filter: Signal<Filter>; readonly selection: Selection },
) {
  const session = signal<Session>(live);
  const isLive = computed(() => session.value === live);
  /** How many events the page's session had when a recording took its place. */
  const seenLive = signal(0);
  /** What was looked at then. */
  let left:
    | { readonly entry: Entry | undefined; readonly isOpen: boolean; readonly filter: Filter }
    | undefined;

  function backToLive(): void {
    const before = session.value;
    if (before === live) return;
    batch(() => {
      session.value = live;
      // As it was: a filter of the recording, and a span of its time, say nothing about the page.
      filter.value = left?.filter ?? NO_FILTER;
    });
    before.dispose();
    if (!left?.entry || !live.has(left.entry)) return;
    selection.choose(left.entry);
    selection.setOpen(left.isOpen);
  }

  return {
    session,
    isLive,
    /** How many events have come from the page since a recording is shown. */
    liveMeanwhile: computed(() => (live.counts.value, live.log.nextIndex - seenLive.value)),

    showRecorded(recorded: Session): void {
      batch(() => {
        if (isLive.value) {
          seenLive.value = live.log.nextIndex;
          left = {
            entry: selection.selected.peek(),
            isOpen: selection.isOpen.peek(),
            filter: filter.peek(),
          };
        } else session.value.dispose();
        // All of it: what was filtered away on the page would be missed here without a word.
        filter.value = NO_FILTER;
        session.value = recorded;
      });
    },

    backToLive,
  };
}

/** How the Traffic tab shows events: row by row, who sent what to whom, or what user and bot said. */
export const TRAFFIC_VIEWS = ["table", "sequence", "conversation"] as const;
export type TrafficView = (typeof TRAFFIC_VIEWS)[number];

export type SessionStore = ReturnType<typeof createSessionStore>;

export type SessionStoreOptions = {
  /** How a command leaves the panel; without it, nothing can be sent. */
  readonly sendCommand?: SendCommand | undefined;
  readonly pace?: Pace | undefined;
  /** What knows the scripts of the page; undefined where the browser lets no panel ask. */
  readonly sourceHost?: SourceHost | undefined;
};

/** The sessions, what the user has chosen to see of them, and what is sent into the page's: what several features need. */
export function createSessionStore({
  sendCommand = () => false,
  pace = {},
  sourceHost,
}: SessionStoreOptions) {
  const filter = signal<Filter>(NO_FILTER);
  const arrangement = signal<Arrangement>(IN_ORDER);
  const preserveLog = signal(false);
  /** Whether new events are left out of what is shown; what they lead to counts all the same. */
  const isPaused = signal(false);
  /** Whether exports hide what the app and its users say. */
  const maskValues = signal(false);
  const limits = signal<LogLimits>(DEFAULT_LOG_LIMITS);
  /** Whether other tabs that are in the room of the page are looked at, too. */
  const watchesTabs = signal(true);

  const find = signal("");
  /** How often the search within the table was asked for since it was closed; 0 while it is. */
  const isFinding = signal(0);
  const sources = createSources(sourceHost);
  /** The page's time: that of its newest event, advanced by the panel's own timer. Their clocks may differ. */
  const clock = signal(0);
  let newest: { readonly entry: Entry; readonly seenAt: number } | undefined;
  /** Which part of the panel is shown. */
  const tab = signal<"traffic" | "room" | "send" | "statistics" | "types" | "findings">("traffic");
  const trafficView = signal<TrafficView>("table");
  const showsRoom = computed(() => tab.value === "traffic" && trafficView.value === "sequence");
  const view = { filter, arrangement, clock, find, showsRoom };
  const live = createSession(view, undefined, pace);
  const callIds = createCallIds();
  const page = createLiveSession(live, { preserveLog, limits });
  const selection = createSelection();
  /** What is shown: the page's session, or a recording. */
  const choice = createSessionChoice(live, { filter, selection });
  const { session, isLive } = choice;

  const added = createAddedRecordings({ session, live, callIds, notice: page.notice });

  const { selected } = selection;
  /** The entry whose details are shown. */
  const detailed = computed(() => (selection.isOpen.value ? selected.value : undefined));
  /** Rows that stay in sight, in the order in which they were pinned. */
  const pinned = signal<readonly Entry[]>([]);
  const table = signal<TableSettings>(DEFAULT_TABLE);
  /** The event at which the room of a call is looked at; undefined for now. */
  const moment = signal<{ readonly callId: string; readonly seq: number } | undefined>(undefined);
  /** A recording that rooms are compared with, beside what is shown. */
  const compared = signal<Session | undefined>(undefined);
  /** The key of the session data whose changes the Room tab lists. */
  const historyKey = signal<{ readonly callId: string; readonly key: string } | undefined>(
    undefined,
  );
  /** Epoch ms of the page’s clock, for what has waited too long; of a recording, when it was made. */
  const now = computed(() => {
    const { source } = session.value;
    return source ? Date.parse(source.recordedAt) : clock.value;
  });
  /** The time of the page's newest event, and what has passed here since it was first seen. Epoch ms; 0 without events. */
  function pageNow(): number {
    const entry = live.log.entries.at(-1);
    if (!entry) return 0;
    const seenAt = performance.now();
    if (newest?.entry !== entry) newest = { entry, seenAt };
    return entry.event.at + seenAt - newest.seenAt;
  }
  const shown = computed(() => session.value.shown.value);
  const calls = computed(() => session.value.calls.value);
  const counts = computed(() => session.value.counts.value);
  const seats = computed(() => session.value.seats.value);
  const revealed = createReveal(
    filter,
    (callId) => session.peek().callOf(callId),
    () => now.peek(),
  );
  const freshCall = (callId: string): CallState | undefined => session.value.freshCall(callId);
  const commands = createCommands(
    live.log,
    (documentId, command) =>
      sendCommand(documentId, { ...command, callId: callIds.inPage(command.callId) }),
    isLive,
  );

  const foldedOfPage = computed(() => counts.value.folded);
  const foldedOfSeats = computed(() => seats.value.reduce((sum, { folded }) => sum + folded, 0));

  // Entries went away, or another session is shown: what was chosen goes with them.
  effect(() => {
    const { has, generation } = session.value;
    void [generation.value, foldedOfPage.value, foldedOfSeats.value];
    batch(() => {
      const chosen = selected.peek();
      if (chosen && !has(chosen)) selection.choose(undefined);
      if (pinned.peek().some((entry) => !has(entry))) pinned.value = pinned.peek().filter(has);
    });
  });
  effect(() => {
    const { log, generation } = session.value;
    void [generation.value, foldedOfPage.value];
    batch(() => {
      const { callId } = filter.peek();
      if (callId !== undefined && !log.calls.has(callId)) {
        filter.value = { ...filter.peek(), callId: undefined };
      }
      // What a moment showed may be gone, and its number may mean another event by now.
      moment.value = undefined;
      if (historyKey.peek() && !log.calls.has(historyKey.peek()?.callId ?? ""))
        historyKey.value = undefined;
    });
  });

  /** The call to show where only one can be: the chosen one, or the latest that is still there. */
  function shownCall(): CallState | undefined {
    const chosen = filter.value.callId;
    const latest = calls.value.findLast((call) => call.isLive) ?? calls.value.at(-1);
    return session.value.freshCall(chosen ?? latest?.callId ?? "");
  }

  return {
    ...page,
    ...choice,
    ...added,
    live,
    commands,
    undos: createUndos(commands, live.log.outcomes),
    /** The outcome of a command, once it is there. */
    outcomeOf: (commandId: string): Entry | undefined => live.log.outcomes.get(commandId),
    /** Whether an outcome still has a row in the log. */
    hasRow: (outcome: Entry): boolean => live.has(outcome),
    filter,
    arrangement,
    preserveLog,
    isPaused: isPaused as ReadonlySignal<boolean>,
    maskValues,
    watchesTabs,
    limits,
    find,
    isFinding,
    sources,
    selected,
    selection,
    detailed,
    pinned,
    table,
    tab,
    trafficView,
    moment,
    historyKey,
    compared: compared as ReadonlySignal<Session | undefined>,
    now,
    pageNow,
    shown,
    calls,
    counts,
    seats,
    /** Addresses of the rooms that calls of the page joined, one a line. */
    rooms: live.rooms,

    /** Whether a document of another tab is wanted, by the room that it joined. */
    isRoomOfPage: (room: string): boolean =>
      watchesTabs.value &&
      page.outOfReach.value?.kind !== "off" &&
      room !== "" &&
      live.rooms.value.split("\n").includes(room),

    /** What became of a message or a write at the other ends in view; undefined where there is none. */
    deliveryOf: (entry: Entry) => session.value.deliveryOf(entry),

    callOf: (callId: string): CallState | undefined => session.value.callOf(callId),
    freshCall,
    entriesOf: (callId: string): readonly Entry[] => session.value.entriesOf(callId),

    shownCall,
    revealed,

    /** What a document of the page says. */
    received(documentId: string, read: ReadBatch): void {
      page.received(
        documentId,
        read.ok ? { ...read, events: callIds.apart(documentId, read.events) } : read,
      );
    },

    /** Values of a key of the filter language that the log has. */
    seenValues: (key: FilterKey): string[] => seenValues(session.value.log, key),

    /** Adds a term to the filter, unless it ends with it. */
    narrow(term: string): void {
      const text = filter.value.text.trim();
      if (` ${text}`.endsWith(` ${term}`)) return;
      filter.value = { ...filter.value, text: `${text} ${term}`.trim() };
    },

    /** Shows an event of a call in the Traffic table. Returns false when the log has dropped it. */
    showEvent(callId: string, seq: number): boolean {
      const entry = session.value.find(callId, seq);
      if (!entry) return false;
      batch(() => {
        if (!session.value.isVisible(entry)) revealed.reveal(entry);
        selection.choose(entry);
        tab.value = "traffic";
        // A conversation has no row for most events.
        if (trafficView.value === "conversation") trafficView.value = "table";
      });
      return true;
    },

    /** Pins a row above the others, or unpins it. */
    togglePin(entry: Entry): void {
      const others = pinned.value.filter((each) => each !== entry);
      pinned.value = others.length < pinned.value.length ? others : [...others, entry];
    },

    /** Shows the room as it was right after an event, or once it had taken effect. */
    showMoment({ event }: Entry): void {
      const write = session.value.callOf(event.callId)?.history.session.writes.get(event.seq);
      // A write is in the room only with the state that confirmed it.
      const seq = write && "by" in write.fate ? write.fate.by : event.seq;
      batch(() => {
        moment.value = { callId: event.callId, seq };
        tab.value = "room";
      });
    },

    /** Shows every change of a key of the session data. */
    showKeyHistory(callId: string, key: string): void {
      batch(() => {
        // The Room tab shows one call.
        if (shownCall()?.callId !== callId) filter.value = { ...filter.peek(), callId };
        historyKey.value = { callId, key };
        tab.value = "room";
      });
    },

    /**
     * Lets time pass for writes that wait. Costs nothing while none does. Returns the tabs of seats that have to say
     * whether they run (`undefined` for the page's own), before a message can be called lost.
     */
    tick(): (number | undefined)[] {
      const time = pageNow();
      const isWaiting = [...live.log.calls.values()].some(
        ({ history }) => history.session.waiting.length > 0,
      );
      // Of a page that is switched off, no one knows what happens as time passes.
      if (isWaiting && page.outOfReach.value?.kind !== "off") clock.value = time;
      return live.deliveries.silent(time).map((documentId) => {
        const origin = live.log.documents.get(documentId)?.seat?.origin;
        return origin?.kind === "tab" ? origin.tabId : undefined;
      });
    },

    /** Pauses recording, or goes on with it. */
    togglePause(): void {
      isPaused.value = !isPaused.value;
      if (isPaused.value) live.pause();
      else live.resume();
    },

    /** Empties the log of the page; of a recording, nothing. */
    clear(): void {
      if (isLive.value) page.clear();
    },

    /** An empty session for a recording, to be filled and then shown. */
    newRecorded: (source: SessionSource): Session => createSession(view, source),

    /** Keeps a recording to compare rooms with, in the place of the one before. */
    compareWith(recorded: Session): void {
      compared.peek()?.dispose();
      compared.value = recorded;
    },

    /** What is shown as a file. */
    writeRecording: (info: RecordingInfo, options: ExportOptions): Promise<Blob> =>
      writeRecording(session.value.log, info, options),
  };
}
