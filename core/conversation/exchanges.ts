import { placeOf } from "../lib/slices";
import type { Entry } from "../session/session-log";
import type { ProtocolMessage } from "./message";

/** A request, and what answered it. The same object for all of its life. */
export type Exchange = {
  /** Counted up, never given twice. */
  readonly index: number;
  readonly request: Entry;
  /** The type of the request, as a column shows it: `rtvi client-ready`. */
  readonly label: string;
  /** Epoch ms. */
  readonly askedAt: number;
  /** In their order: one, or several that each tell a part. */
  readonly answers: readonly Entry[];
  /** From the request to the first answer, in ms; undefined while there is none. */
  readonly latencyMs: number | undefined;
  readonly isFailed: boolean;
  /** Whether something is wrong if no answer comes. */
  readonly isExpected: boolean;
  /** Whether no more answers are to come. */
  readonly isDone: boolean;
};

export type Exchanges = {
  /** Takes in a message, in the order of time. Returns the exchange that it belongs to. */
  take(message: ProtocolMessage): Exchange | undefined;
  /** Requests before this index were removed from the log, and so are their exchanges. */
  dropBefore(index: number): void;
  /** In the order of the requests. The list is the same one while it grows. */
  list(): readonly Exchange[];
  /** The exchange that an event asks or answers in. */
  of(entry: Entry): Exchange | undefined;
  revision(): number;
};

type Draft = { -readonly [K in keyof Exchange]: Exchange[K] } & { answers: Entry[] };

/** So many requests wait for an answer at most; of more, the oldest stay without one. */
const MAX_OPEN = 2_000;

/** Pairs requests with their answers: by an id, or where there is none by who was asked. */
export function createExchanges(): Exchanges {
  let list: Draft[] = [];
  const open = new Map<string, Draft>();
  const byEntry = new WeakMap<Entry, Exchange>();
  let nextIndex = 0;
  let revision = 0;

  /** Whose answer it is, or whom it is for: the other side, whichever sends. */
  const peersOf = ({ direction, from, to }: ProtocolMessage): readonly string[] =>
    direction === "in" ? [from] : to;

  function keysOf(message: ProtocolMessage, key: string, isByPeer = false): string[] {
    const { protocol } = message.decoded;
    if (!isByPeer) return [`${protocol} ${key}`];
    // Who asks and who is asked: both may have asked the other.
    const isAsking = message.decoded.asks !== undefined;
    const isOurs = (message.direction === "out") === isAsking;
    return peersOf(message).map((peer) => `${protocol} ${key} ${isOurs ? "to" : "by"} ${peer}`);
  }

  return {
    take(message) {
      const { decoded, entry, at } = message;
      const { asks, answers } = decoded;
      let found: Draft | undefined;
      if (answers) {
        found = keysOf(message, answers.key, answers.isByPeer)
          .map((key) => open.get(key))
          .find((each) => each !== undefined);
        if (found) {
          found.answers.push(entry);
          found.latencyMs ??= at - found.askedAt;
          found.isFailed ||= answers.isFailure === true;
          found.isDone = answers.isPartial !== true;
          byEntry.set(entry, found);
          revision++;
        }
      }
      if (asks) {
        found = {
          index: nextIndex++,
          request: entry,
          label: decoded.label,
          askedAt: at,
          answers: [],
          latencyMs: undefined,
          isFailed: false,
          isExpected: asks.isExpected,
          isDone: false,
        };
        list.push(found);
        byEntry.set(entry, found);
        for (const key of keysOf(message, asks.key, asks.isByPeer)) {
          // The same key again is another request.
          open.delete(key);
          open.set(key, found);
        }
        if (open.size > MAX_OPEN)
          for (const key of [...open.keys()].slice(0, MAX_OPEN / 10)) open.delete(key);
        revision++;
      }
      return found;
    },
    dropBefore(index) {
      const first = placeOf(
        list.map(({ request }) => request),
        index,
      );
      if (first === 0) return;
      const gone = new Set(list.slice(0, first));
      list = list.slice(first);
      for (const [key, exchange] of open) if (gone.has(exchange)) open.delete(key);
      revision++;
    },
    list: () => list,
    of: (entry) => byEntry.get(entry),
    revision: () => revision,
  };
}
