import { assign, hasOwn, isArray, keys, prototype, withItem, without } from "./primordials";
import { stringify } from "../extension/protocol/bounds";
import { PROTOCOL_VERSION } from "../extension/protocol/envelope";
import type { PageEvent } from "../extension/protocol/event";

const arrayPrototype = Array.prototype;

/**
 * The JSON text of plain data of ours. A `toJSON` that the page put on the prototypes of all objects or arrays
 * (Prototype.js does) would change it, so then it is written by hand.
 */
function write(value: unknown): string {
  return hasOwn(prototype, "toJSON") || hasOwn(arrayPrototype, "toJSON")
    ? writeByHand(value)
    : stringify(value);
}

function writeByHand(value: unknown): string {
  if (typeof value !== "object" || value === null) return stringify(value);
  const isList = isArray(value);
  const names = keys(value);
  let text = "";
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as keyof typeof value;
    const each: unknown = value[name];
    if (each === undefined) continue;
    text += `${text && ","}${isList ? "" : `${stringify(name)}:`}${writeByHand(each)}`;
  }
  return isList ? `[${text}]` : `{${text}}`;
}

type Base = "seq" | "at";
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event before it has its number and its time. */
export type UnnumberedEvent = Without<PageEvent, Base>;

/** A number and a time that are taken; the event follows when it is complete. Later events wait behind it. */
type Slot = {
  readonly seq: number;
  /**
   * Takes the event over and writes its number and time into it. `trace` holds a stack that is made text only when the
   * event is first sent, because that is the expensive part.
   */
  complete(event: UnnumberedEvent, trace?: () => string): void;
};

export type Outbox = {
  open(): Slot;
  push(event: UnnumberedEvent): void;
  /**
   * Sends all kept events after `after` and from then on every new one. `send` returns false when the other end is gone.
   * Returns the way to stop.
   */
  subscribe(after: number, send: (text: string) => boolean): () => void;
  /** Sends all complete events at once, without waiting for more to go with them. */
  flush(): void;
  /** Forgets what is kept, and keeps nothing more. */
  stop(): void;
};

export type OutboxOptions = {
  /** Epoch milliseconds with fraction. */
  readonly now: () => number;
  readonly later: (run: () => void, delayMs: number) => void;
  /** Called when a subscriber can't get the full history any more, before it gets what is left. */
  readonly onHistoryLost?: () => void;
  readonly limits?: Partial<typeof LIMITS>;
};

/** What is kept for a panel that opens late, and how much travels at once. Chars are UTF-16 units of payload text. */
const LIMITS = {
  keptEvents: 10_000,
  keptChars: 8_388_608,
  batchEvents: 512,
  batchChars: 262_144,
  /** Of one event: two of these and their bytes still fit into what a port carries (Chromium: 64 MiB). */
  textChars: 16_777_216,
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
type Subscriber = { next: number; readonly send: (text: string) => boolean };

/** Numbers the events of a document, keeps the last ones, and sends them in batches to anyone who subscribed. */
export function createOutbox({ now, later, onHistoryLost, limits }: OutboxOptions): Outbox {
  const bounds = { ...LIMITS, ...limits };
  const { keptEvents, keptChars, batchEvents, batchChars, firstFlushMs, nextFlushMs } = bounds;
  let subscribers: readonly Subscriber[] = [];
  let entries: Entry[] = [];
  let head = 0;
  let chars = 0;
  let lastSeq = 0;
  let scheduled = false;
  let flushedAt = -Infinity;
  let isStopped = false;

  const oldestSeq = () => lastSeq - (entries.length - head) + 1;

  function open(): Slot {
    const entry: Entry = { seq: ++lastSeq, at: now(), chars: 0 };
    if (!isStopped) entries[entries.length] = entry;
    forgetOldest();
    return {
      seq: entry.seq,
      complete(event, trace) {
        entry.event = assign(event, { seq: entry.seq, at: entry.at }) as PageEvent;
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
    for (let i = 0; i < subscribers.length; i++) {
      const subscriber = subscribers[i] as Subscriber;
      // A burst inside one task must not run out of the buffer while it waits for a timer.
      if (lastSeq - subscriber.next >= batchEvents) sendBatch(subscriber);
    }
    if (scheduled || subscribers.length === 0) return;
    scheduled = true;
    const isFlow = now() - flushedAt < 2 * nextFlushMs;
    later(flush, isFlow ? nextFlushMs : firstFlushMs);
  }

  function flush(): void {
    scheduled = false;
    flushedAt = now();
    let waiting = false;
    for (let i = 0; i < subscribers.length; i++)
      waiting = sendBatch(subscribers[i] as Subscriber) || waiting;
    if (!waiting || scheduled) return;
    // One batch a task: replaying a long history must not block the page.
    scheduled = true;
    later(flush, 0);
  }

  /** Sends one batch, and only then counts it as sent; returns whether complete events are left for another. */
  function sendBatch(subscriber: Subscriber): boolean {
    const first = subscriber.next < oldestSeq() ? oldestSeq() : subscriber.next;
    let next = first;
    let texts = "";
    let size = 0;
    let entry = entryAt(next);
    while (entry?.event && next - first < batchEvents && size < batchChars) {
      const text = textOf(entry, bounds.textChars);
      texts += texts === "" ? text : `,${text}`;
      size += entry.chars;
      entry = entryAt(++next);
    }
    if (next === first) return false;
    if (!subscriber.send(`{"protocol":${PROTOCOL_VERSION},"events":[${texts}]}`)) {
      // A new panel subscribes again and gets what is kept.
      remove(subscriber);
      return false;
    }
    subscriber.next = next;
    return entry?.event !== undefined;
  }

  const remove = (subscriber: Subscriber) => void (subscribers = without(subscribers, subscriber));

  const entryAt = (seq: number) => entries[head + seq - oldestSeq()];

  return {
    open,
    push: (event) => open().complete(event),
    subscribe(after, send) {
      // A number from another life of this document cannot be continued: all that is kept goes out.
      const next = after > lastSeq ? 1 : after + 1;
      const subscriber: Subscriber = { next, send };
      if (next < oldestSeq()) onHistoryLost?.();
      subscribers = withItem(subscribers, subscriber);
      scheduleFlush();
      return () => remove(subscriber);
    },
    flush() {
      for (let i = 0; i < subscribers.length; i++) while (sendBatch(subscribers[i] as Subscriber));
    },
    stop() {
      isStopped = true;
      entries = [];
      head = 0;
    },
  };
}

/** The text of an event, or of a note in its place: an event that can't be sent must not hold up the others for ever. */
function textOf(entry: Entry, maxChars: number): string {
  try {
    const text = write(withStack(entry));
    if (text.length <= maxChars) return text;
  } catch {
    // As below.
  }
  const { seq, at, event } = entry;
  const note = { seq, at, kind: "capture-problem", callId: event?.callId ?? "", where: "sending" };
  return write(assign(note, { message: "too long, or not JSON" }));
}

/** Reading a stack can run code of the page (`Error.prepareStackTrace`), which may do anything: then there is none. */
function withStack(entry: Entry): PageEvent {
  const { event, trace } = entry;
  if (trace && event?.kind === "method-called") {
    delete entry.trace;
    try {
      entry.event = { ...event, stack: trace() };
    } catch {
      // As it is.
    }
  }
  return entry.event as PageEvent;
}

/** Text that an event keeps alive, in UTF-16 units; the fields beside it are counted as one lump. */
function charsOf(event: PageEvent): number {
  const { payload, participants } = event as {
    payload?: { json: string };
    participants?: readonly { payload?: { json: string } }[];
  };
  let sum = 300;
  if (payload && hasOwn(event, "payload")) sum += payload.json.length;
  if (participants && hasOwn(event, "participants"))
    for (let i = 0; i < participants.length; i++)
      sum += 300 + (participants[i]?.payload?.json?.length ?? 0);
  return sum;
}
