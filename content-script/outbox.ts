import { PROTOCOL_VERSION, type PageBatch } from "../extension/protocol/envelope";
import type { PageEvent } from "../extension/protocol/event";

type Base = "seq" | "at";
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event before it has its number and its time. */
export type UnnumberedEvent = Without<PageEvent, Base>;

/** A number and a time that are taken; the event follows when it is complete. Later events wait behind it. */
type Slot = {
  readonly seq: number;
  /**
   * Takes the event over and writes its number and time into it. `trace` holds a stack that is made text only when the
   * event is first sent, because that is the dear part.
   */
  complete(event: UnnumberedEvent, trace?: () => string): void;
};

export type Outbox = {
  open(): Slot;
  push(event: UnnumberedEvent): void;
  /** Sends all kept events after `after` and from then on every new one. Returns the way to stop. */
  subscribe(after: number, send: (text: string) => void): () => void;
};

export type OutboxOptions = {
  /** Epoch milliseconds with fraction. */
  readonly now: () => number;
  readonly later: (run: () => void, delayMs: number) => void;
  /** Called when a subscriber cannot get the whole history any more, before it gets what is left. */
  readonly onHistoryLost?: () => void;
  readonly limits?: Partial<typeof LIMITS>;
};

/** What is kept for a panel that opens late, and how much travels at once. Chars are UTF-16 units of payload text. */
const LIMITS = {
  keptEvents: 10_000,
  keptChars: 8_388_608,
  batchEvents: 512,
  batchChars: 262_144,
  /** After a quiet while: soon enough to look immediate. */
  firstFlushMs: 25,
  /** In a flow: each batch costs two processes a task, and the panel draws no more often than this. */
  nextFlushMs: 100,
};

type Entry = {
  readonly seq: number;
  readonly at: number;
  event?: PageEvent;
  chars: number;
  trace?: () => string;
};
type Subscriber = { next: number; readonly send: (text: string) => void };

/** Numbers the events of a document, keeps the last ones, and sends them in batches to whoever subscribed. */
export function createOutbox({ now, later, onHistoryLost, limits }: OutboxOptions): Outbox {
  const bounds = { ...LIMITS, ...limits };
  const { keptEvents, keptChars, batchEvents, batchChars, firstFlushMs, nextFlushMs } = bounds;
  const subscribers = new Set<Subscriber>();
  let entries: Entry[] = [];
  let head = 0;
  let chars = 0;
  let lastSeq = 0;
  let scheduled = false;
  let flushedAt = -Infinity;

  const oldestSeq = () => lastSeq - (entries.length - head) + 1;

  function open(): Slot {
    const entry: Entry = { seq: ++lastSeq, at: now(), chars: 0 };
    entries.push(entry);
    forgetOldest();
    return {
      seq: entry.seq,
      complete(event, trace) {
        entry.event = Object.assign(event, { seq: entry.seq, at: entry.at }) as PageEvent;
        entry.chars = charsOf(entry.event);
        if (trace) entry.trace = trace;
        if (entry.seq >= oldestSeq()) chars += entry.chars;
        forgetOldest();
        scheduleFlush();
      },
    };
  }

  function forgetOldest(): void {
    while (entries.length - head > keptEvents || (chars > keptChars && entries.length - head > 1)) {
      chars -= entries[head]?.chars ?? 0;
      head++;
    }
    // Rarely, so that forgetting one event costs a constant.
    if (head > 1024 && head * 2 > entries.length) {
      entries = entries.slice(head);
      head = 0;
    }
  }

  function scheduleFlush(): void {
    for (const subscriber of subscribers) {
      // A burst inside one task must not run out of the buffer while it waits for a timer.
      if (lastSeq - subscriber.next >= batchEvents) sendBatch(subscriber);
    }
    if (scheduled || subscribers.size === 0) return;
    scheduled = true;
    const isFlow = now() - flushedAt < 2 * nextFlushMs;
    later(flush, isFlow ? nextFlushMs : firstFlushMs);
  }

  function flush(): void {
    scheduled = false;
    flushedAt = now();
    let waiting = false;
    for (const subscriber of subscribers) waiting = sendBatch(subscriber) || waiting;
    if (!waiting || scheduled) return;
    // One batch a task: replaying a long history must not block the page.
    scheduled = true;
    later(flush, 0);
  }

  /** Sends one batch; answers whether complete events are left for another. */
  function sendBatch(subscriber: Subscriber): boolean {
    subscriber.next = Math.max(subscriber.next, oldestSeq());
    const batch: PageEvent[] = [];
    let size = 0;
    let entry = entryAt(subscriber.next);
    while (entry?.event && batch.length < batchEvents && size < batchChars) {
      batch.push(withStack(entry));
      size += entry.chars;
      entry = entryAt(++subscriber.next);
    }
    if (batch.length === 0) return false;
    try {
      subscriber.send(
        JSON.stringify({ protocol: PROTOCOL_VERSION, events: batch } satisfies PageBatch),
      );
    } catch {
      // The other end is gone; a new panel subscribes anew and gets what is kept.
      subscribers.delete(subscriber);
      return false;
    }
    return entry?.event !== undefined;
  }

  const entryAt = (seq: number) => entries[head + seq - oldestSeq()];

  return {
    open,
    push: (event) => open().complete(event),
    subscribe(after, send) {
      // A number from another life of this document cannot be continued: all that is kept goes out.
      const next = after > lastSeq ? 1 : after + 1;
      const subscriber: Subscriber = { next, send };
      if (next < oldestSeq()) onHistoryLost?.();
      subscribers.add(subscriber);
      scheduleFlush();
      return () => void subscribers.delete(subscriber);
    },
  };
}

function withStack(entry: Entry): PageEvent {
  const { event, trace } = entry;
  if (trace && event?.kind === "method-called") {
    delete entry.trace;
    entry.event = { ...event, stack: trace() };
  }
  return entry.event as PageEvent;
}

/** Text that an event keeps alive, in UTF-16 units; the fields beside it are counted as one lump. */
function charsOf(event: PageEvent): number {
  let sum = 300;
  if ("payload" in event && event.payload) sum += event.payload.json.length;
  if ("participants" in event)
    for (const each of event.participants) sum += 300 + (each.payload?.json.length ?? 0);
  return sum;
}
