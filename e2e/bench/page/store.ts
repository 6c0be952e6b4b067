/** The panel's store without its views, in a page: takes in batches as they come from a page, and is filtered. */
import { PROTOCOL_VERSION } from "../../../extension/protocol/envelope";
import type { PageEvent } from "../../../extension/protocol/event";
import { readBatch } from "../../../extension/protocol/read-batch";
import { createStore } from "../../../panel/shell/store";
import { loadEvent } from "../load-event";

/** As the page's outbox cuts them. */
const BATCH_EVENTS = 512;
const DOCUMENT_ID = "document";
const LONGEST_WAIT_MS = 20_000;

declare global {
  interface Window {
    storeLoad: {
      append(events: number): Appended;
      filterFor(text: string): Promise<Filtered>;
      counts(): { events: number; folded: number };
    };
  }
}

/** Milliseconds of all batches together, and of the longest one. */
export type Appended = {
  readonly readMs: number;
  readonly appendMs: number;
  readonly longestMs: number;
};

/** Milliseconds that the first look took without a pause, until the first row was there, and until all were; and how many. */
export type Filtered = {
  readonly blockedMs: number;
  readonly firstRowMs: number;
  readonly doneMs: number;
  readonly rows: number;
};

const store = createStore();
// All of a million are kept: what grows with the log has to show.
store.limits.value = { events: 2_000_000, payloadChars: 1_000_000_000 };
store.documentOpened({ documentId: DOCUMENT_ID, frameId: 0, url: "https://app.example/" });
let next = 0;

/** What the panel shows all the time is read after each batch, as its views do. */
const look = (): number => {
  void store.counts.value;
  void store.calls.value;
  return store.shown.value.entries.length;
};

window.storeLoad = {
  append(count) {
    let [readMs, appendMs, longestMs] = [0, 0, 0];
    for (const end = next + count; next < end;) {
      const events: PageEvent[] = [];
      while (events.length < BATCH_EVENTS && next < end) events.push(loadEvent(next++));
      const text = JSON.stringify({ protocol: PROTOCOL_VERSION, events });
      const start = performance.now();
      const batch = readBatch(text);
      const read = performance.now();
      store.received(DOCUMENT_ID, batch);
      look();
      const done = performance.now();
      if (!batch.ok || batch.invalid > 0) throw new Error("The store refused an event.");
      readMs += read - start;
      appendMs += done - read;
      longestMs = Math.max(longestMs, done - start);
    }
    return { readMs, appendMs, longestMs };
  },

  async filterFor(text) {
    const start = performance.now();
    store.filter.value = { ...store.filter.value, text };
    let rows = look();
    const blockedMs = performance.now() - start;
    while (rows === 0 && performance.now() - start < LONGEST_WAIT_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      rows = look();
    }
    const firstRowMs = performance.now() - start;
    while (!store.shown.value.isComplete) await new Promise((resolve) => setTimeout(resolve, 0));
    return { blockedMs, firstRowMs, doneMs: performance.now() - start, rows: look() };
  },

  counts: () => store.counts.value,
};
