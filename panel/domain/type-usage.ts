import type { RuleEvent } from "./rules/rule-event";

/** How an app uses one type of app message in a call. */
export type TypeUsage = {
  readonly callId: string;
  readonly type: string;
  sent: number;
  received: number;
  /** UTF-16 units of the largest, by the ruler of daily-js. */
  maxChars: number;
  /** Epoch ms. */
  readonly firstAt: number;
  lastAt: number;
  /** Number of the first event of it: who joined after it missed one. */
  readonly firstSeq: number;
};

/** More types than anybody chooses from. An app that puts an id into its types must not fill the memory. */
const MAX_TYPES = 200;

export type TypeUsages = {
  readonly list: () => readonly TypeUsage[];
  take(event: RuleEvent): void;
};

/** Counts app messages by type. */
export function createTypeUsages(): TypeUsages {
  const usages = new Map<string, TypeUsage>();
  return {
    list: () => [...usages.values()].map((usage) => ({ ...usage })),
    take({ event, channel, type, payload, seq, at, call }) {
      if (channel !== "app-message" || !payload || call?.outcome === "threw") return;
      const { callId } = event;
      const key = `${callId} ${type()}`;
      const known = usages.get(key);
      if (!known && usages.size >= MAX_TYPES) return;
      const usage: TypeUsage = known ?? {
        callId,
        type: type(),
        sent: 0,
        received: 0,
        maxChars: 0,
        firstAt: at,
        lastAt: at,
        firstSeq: seq,
      };
      usages.set(key, usage);
      if (call) usage.sent++;
      else usage.received++;
      usage.maxChars = Math.max(usage.maxChars, payload.chars);
      usage.lastAt = at;
    },
  };
}
