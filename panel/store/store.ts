import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";

import type { DocumentInfo } from "../../extension/link";
import type { ReadBatch } from "../../extension/protocol/read-batch";
import { type CallSummary, listCalls } from "./call-list";
import type { CallState } from "./call-state";
import { createCommands, type SendCommand } from "./commands";
import { countLog, type LogCounts } from "./log-counts";
import { createDrafts, type Draft, type DraftKind } from "./drafts";
import { type Filter, NO_FILTER } from "./filter";
import { type Recording, type RecordingInfo, toRecording } from "./recording";
import {
  append,
  clearEntries,
  createSessionLog,
  type Entry,
  foldOldest,
  openDocument,
  removeDocuments,
} from "./session-log";
import { createVisibleEntries } from "./visible-entries";

/** What came from a page but could not be used. */
type Problems = { readonly count: number; readonly last: string };

export type Store = ReturnType<typeof createStore>;

/** The panel's state: the log, what is derived from it, and what the user has chosen. The one place with signals. */
export function createStore(sendCommand: SendCommand = () => false) {
  const log = createSessionLog();
  const commands = createCommands(log, sendCommand);
  const drafts = createDrafts();
  const visibleEntries = createVisibleEntries();
  /** Counts changes of the log, which is changed in place. */
  const version = signal(0);
  /** Counts the times when entries went away, so that lists start over. */
  let generation = 0;
  /** Documents of a page that was left, while their port is still open. */
  const leaving = new Set<string>();

  const filter = signal<Filter>(NO_FILTER);
  const preserveLog = signal(false);
  const selected = signal<Entry | undefined>(undefined);
  const notice = signal<string | undefined>(undefined);
  /** Which part of the panel is shown. */
  const tab = signal<"traffic" | "room" | "send">("traffic");
  /** What is being written in the Send tab. */
  const draftKind = signal<DraftKind>("send-app-message");
  /** The event at which the room of a call is looked at; undefined for now. */
  const moment = signal<{ readonly callId: string; readonly seq: number } | undefined>(undefined);
  /** Epoch ms, for what has waited too long. */
  const now = signal(Date.now());
  const problems = signal<Problems>({ count: 0, last: "" });

  const changed = () => void version.value++;

  const visible = computed(() => ({
    version: version.value,
    entries: visibleEntries.update(log, filter.value, generation),
  }));
  const calls: ReadonlySignal<readonly CallSummary[]> = computed(
    () => (version.value, listCalls(log)),
  );
  const counts: ReadonlySignal<LogCounts> = computed(() => {
    void version.value;
    return countLog(log);
  });

  /**
   * A call for views of its history, which is kept in place: a new object each time the log changes, so that whatever
   * is handed a part of it notices.
   */
  function freshCall(callId: string): CallState | undefined {
    void version.value;
    const call = log.calls.get(callId);
    return call && { ...call, history: { ...call.history } };
  }

  /** Entries went away: the selection goes with them. */
  function startOver(): void {
    generation++;
    if (selected.value && !log.entries.includes(selected.value)) selected.value = undefined;
    if (filter.value.callId !== undefined && !log.calls.has(filter.value.callId)) {
      filter.value = { ...filter.value, callId: undefined };
    }
    // What a moment showed may be gone, and its number may mean another event by now.
    moment.value = undefined;
    changed();
  }

  function forget(documentIds: ReadonlySet<string>): void {
    if (documentIds.size === 0) return;
    const events = removeDocuments(log, documentIds);
    if (events > 0) {
      notice.value = `The page was reloaded or left: ${events} events of its call were cleared. Preserve log keeps them.`;
    }
    startOver();
  }

  /** The top page was replaced. Which documents belong to the old one shows when their ports close. */
  function leavePage(newDocumentId?: string): void {
    if (preserveLog.value) {
      notice.value = undefined;
      return;
    }
    const gone = new Set<string>();
    for (const { documentId, isConnected } of log.documents.values()) {
      if (documentId === newDocumentId) continue;
      if (isConnected) leaving.add(documentId);
      else gone.add(documentId);
    }
    forget(gone);
  }

  return {
    filter,
    preserveLog,
    selected,
    notice,
    problems,
    tab,
    moment,
    now,
    commands,
    drafts,
    draftKind,
    outcomeOf: (commandId: string): Entry | undefined => log.outcomes.get(commandId),
    visible,
    calls,
    counts,
    callOf: (callId: string): CallState | undefined => log.calls.get(callId),

    /** The call to show where only one can be: the chosen one, or the latest that is still there. */
    shownCall(): CallState | undefined {
      const chosen = filter.value.callId;
      const latest = calls.value.findLast(({ isLive }) => isLive) ?? calls.value.at(-1);
      return freshCall(chosen ?? latest?.callId ?? "");
    },

    freshCall,

    /** Entries of one call, in order. */
    entriesOf: (callId: string): Entry[] =>
      log.entries.filter(({ event }) => event.callId === callId),

    /** Shows an event of a call in the Traffic table. Answers false when the log has let go of it. */
    showEvent(callId: string, seq: number): boolean {
      const entry = log.entries.find(({ event }) => event.callId === callId && event.seq === seq);
      if (!entry) return false;
      batch(() => {
        if (!visible.value.entries.includes(entry)) filter.value = NO_FILTER;
        selected.value = entry;
        tab.value = "traffic";
      });
      return true;
    },

    /** Opens the Send tab on a draft. Nothing is sent by that. */
    compose(kind: DraftKind, draft: Partial<Draft>): void {
      batch(() => {
        const { revision } = drafts[kind].value;
        drafts[kind].value = { ...drafts[kind].value, ...draft, revision: revision + 1 };
        draftKind.value = kind;
        tab.value = "send";
      });
    },

    /** Shows the room as it was right after an event, or once it had taken effect. */
    showMoment({ event }: Entry): void {
      const write = log.calls.get(event.callId)?.history.session.writes.get(event.seq);
      // A write is in the room only with the state that confirmed it.
      const seq = write && "by" in write.fate ? write.fate.by : event.seq;
      batch(() => {
        moment.value = { callId: event.callId, seq };
        tab.value = "room";
      });
    },

    /** Lets time pass for writes that wait. Costs nothing while none does. */
    tick(): void {
      for (const { history } of log.calls.values()) {
        if (history.session.waiting.length > 0) now.value = Date.now();
      }
    },

    /** A document connected. Answers the number of the last event that the log has of it. */
    documentOpened(document: DocumentInfo): number {
      return batch(() => {
        const isNew = !log.documents.has(document.documentId);
        leaving.delete(document.documentId);
        if (isNew && document.frameId === 0) leavePage(document.documentId);
        const { lastSeq } = openDocument(log, document);
        changed();
        return lastSeq;
      });
    },

    documentClosed(documentId: string): void {
      const document = log.documents.get(documentId);
      if (!document) return;
      batch(() => {
        document.isConnected = false;
        if (leaving.delete(documentId)) forget(new Set([documentId]));
        changed();
      });
    },

    pageNavigated: () => batch(() => leavePage()),

    received(documentId: string, read: ReadBatch): void {
      batch(() => {
        const ignored = read.ok ? read.invalid : 1;
        if (ignored > 0) {
          const last = read.ok ? "an event did not have the shape of its kind" : read.reason;
          problems.value = { count: problems.value.count + ignored, last };
        }
        if (!read.ok) return;
        for (const event of read.events) append(log, documentId, event);
        if (foldOldest(log) > 0) startOver();
        else changed();
      });
    },

    clear(): void {
      batch(() => {
        clearEntries(log);
        notice.value = undefined;
        problems.value = { count: 0, last: "" };
        startOver();
      });
    },

    recording: (info: RecordingInfo): Recording => toRecording(log, info),
  };
}
