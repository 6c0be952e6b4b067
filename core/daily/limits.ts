import { countText } from "../lib/texts";
import { parsePayload, type Payload } from "../../extension/protocol/payload";

/** The three data channels of Daily. */
export type DataChannel = "app-message" | "user-data" | "session-data";

export type Limit = {
  /** UTF-16 code units; a size equal to it still passes. */
  readonly maxChars: number;
  /** How daily-js measures. */
  readonly ruler: string;
  /** Where the number and the ruler were read. */
  readonly source: string;
  /** What Daily's documents say: their word, not observed here. */
  readonly documented: string;
};

/**
 * The one table of Daily's limits. daily-js counts `JSON.stringify(data).length`, while Daily's documents speak of KB;
 * whether the servers count bytes as well is not known.
 */
export const LIMITS: { readonly [C in DataChannel]: Limit } = {
  "app-message": {
    maxChars: 4096,
    ruler: "characters of JSON (UTF-16 units); a bare string pays for its quotes",
    source:
      "daily-js 0.92.2, sendAppMessage(): call._maxAppMessageSize, read at each call; 4,096 unless Daily grants more",
    documented: "4 KB (docs.daily.co, send-app-message)",
  },
  "user-data": {
    maxChars: 4096,
    ruler: "characters of JSON (UTF-16 units); a bare string is counted without its quotes",
    source: "daily-js 0.92.2, setUserData()",
    documented: "4 KB (docs.daily.co, set-user-data)",
  },
  "session-data": {
    maxChars: 102_400,
    ruler: "characters of JSON (UTF-16 units)",
    source:
      "daily-js 0.92.2, setMeetingSessionData() for each update; the merged total is measured against the same number",
    documented: "100 KB in all (docs.daily.co, set-meeting-session-data)",
  },
};

/** A limit in words: number, ruler, where it was read, and what is only documented. */
export function describeLimit(channel: DataChannel, maxChars = LIMITS[channel].maxChars): string {
  const { ruler, source, documented } = LIMITS[channel];
  return [
    `Limit: ${countText(maxChars)} ${ruler}.`,
    `Read in ${source}.`,
    `Documented, not measured: ${documented}.`,
  ].join("\n");
}

/** The size that daily-js compares with the limit, in UTF-16 code units (daily-js 0.92.2). */
function countedChars(channel: DataChannel, payload: Payload): number {
  // Only user data that is a bare string is measured raw: no quotes, no escapes.
  if (channel !== "user-data" || !payload.json.startsWith('"')) return payload.chars;
  const parsed = parsePayload(payload);
  return parsed.ok && typeof parsed.value === "string" ? parsed.value.length : payload.chars;
}

export type Budget = {
  readonly chars: number;
  readonly maxChars: number;
  /** `chars / maxChars`: 1 still passes, more is refused. */
  readonly share: number;
  readonly level: "ok" | "near" | "over";
};

/** From this share of a limit on, a payload is shown as near to it. */
const NEAR_LIMIT = 0.8;

/** How much of a channel's limit a payload uses. `maxChars` overrides the default where the page's own was seen. */
export function budgetOf(
  channel: DataChannel,
  payload: Payload,
  maxChars = LIMITS[channel].maxChars,
): Budget {
  const chars = countedChars(channel, payload);
  const share = maxChars > 0 ? chars / maxChars : Infinity;
  return {
    chars,
    maxChars,
    share,
    level: share > 1 ? "over" : share >= NEAR_LIMIT ? "near" : "ok",
  };
}
