import type { RuleEvent } from "./rule-event";

/** How many messages came between two moments, in epoch ms. */
export type Stream = { count: number; readonly firstAt: number; lastAt: number };

/** How an app uses one type of app message in a call. */
export type TypeUsage = {
  readonly callId: string;
  readonly type: string;
  readonly sent: number;
  readonly received: number;
  /** UTF-16 units of the largest, by the ruler of daily-js. */
  readonly maxChars: number;
  readonly all: Stream;
  /** Those of the sender who sent the most. */
  readonly busiest: Stream;
  /** Number of the first that this page sent to all: who joined after it missed one. */
  readonly firstToAll: number | undefined;
  /** Number of the first that came in; whether it went to all does not show. */
  readonly firstReceived: number | undefined;
};

type Counted = { -readonly [K in keyof Omit<TypeUsage, "busiest">]: TypeUsage[K] } & {
  readonly senders: Map<string, Stream>;
};

/** More types than anybody chooses from. An app that puts an id into its types must not fill the memory. */
const MAX_TYPES = 200;
/** More of them than any call has people. */
const MAX_SENDERS = 1_000;
const OWN = "own";

export type TypeUsages = {
  readonly list: () => readonly TypeUsage[];
  take(event: RuleEvent): void;
};

/** Counts app messages by type. */
export function createTypeUsages(): TypeUsages {
  const usages = new Map<string, Counted>();

  function usageOf({ event: { callId }, type, at }: RuleEvent): Counted | undefined {
    const key = `${callId} ${type()}`;
    const known = usages.get(key);
    if (known || usages.size >= MAX_TYPES) return known;
    const usage: Counted = {
      callId,
      type: type(),
      sent: 0,
      received: 0,
      maxChars: 0,
      all: newStream(at),
      firstToAll: undefined,
      firstReceived: undefined,
      senders: new Map(),
    };
    usages.set(key, usage);
    return usage;
  }

  return {
    list: () =>
      [...usages.values()].map(({ senders, all, ...usage }) => {
        const busiest = [...senders.values()].reduce((a, b) => (b.count > a.count ? b : a));
        return { ...usage, all: { ...all }, busiest: { ...busiest } };
      }),
    take(seen) {
      const { event, channel, payload, seq, at, call } = seen;
      if (channel !== "app-message" || !payload || call?.outcome === "threw") return;
      const usage = usageOf(seen);
      if (!usage) return;
      if (call) usage.sent++;
      else usage.received++;
      if (!call) usage.firstReceived ??= seq;
      else if (call.to === undefined || call.to === "*") usage.firstToAll ??= seq;
      usage.maxChars = Math.max(usage.maxChars, payload.chars);
      count(usage.all, at);
      const from = "fromId" in event ? event.fromId : OWN;
      const stream = usage.senders.get(from) ?? newStream(at);
      if (usage.senders.size < MAX_SENDERS) usage.senders.set(from, stream);
      count(stream, at);
    },
  };
}

const newStream = (at: number): Stream => ({ count: 0, firstAt: at, lastAt: at });

function count(stream: Stream, at: number): void {
  stream.count++;
  stream.lastAt = at;
}
