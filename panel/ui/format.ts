import {
  clockText,
  countText,
  dateText,
  durationText,
  howMany,
  shortNumber,
} from "../../core/lib/texts";
import type { Budget } from "../../core/daily/limits";

/** A count with separators: `12,284`. */
export const formatCount = countText;

/** Time of day with milliseconds: `14:03:07.123`. */
export const formatTime = clockText;

/** Time of day to the second: `14:03:07`. */
export const formatClock = (at: number): string => clockText(at).slice(0, 8);

/** Characters, short: `12`, `12.3 k`, `1.2 M`. */
export function formatChars(chars: number): string {
  if (chars < 1_000) return shortNumber(chars);
  return chars < 1_000_000
    ? `${shortNumber(chars / 1_000)} k`
    : `${shortNumber(chars / 1_000_000)} M`;
}

/** A duration: `0.4 ms`, `990 ms`, `1.2 s`. */
export const formatMs = durationText;

/** Rates per second: `12/s`, `1.2 k chars/s`. */
export const formatRate = {
  messages: (perSecond: number): string => `${shortNumber(perSecond)}/s`,
  chars: (perSecond: number): string => `${formatChars(perSecond)} chars/s`,
} as const;

/** Date and time of day, as here: `2026-11-20 14:03`. */
export const formatDate = (date: string): string => dateText(Date.parse(date));

/** `1 event`, `12 events`. */
export const plural = howMany;

/** A share of a limit: `0.4%`, `87%`, `101%`; never rounded onto the limit from either side. */
export function formatShare({ share }: Pick<Budget, "share">): string {
  if (!Number.isFinite(share)) return "over";
  const percent = share * 100;
  if (percent > 0 && percent < 1) return "<1%";
  return `${formatCount(share > 1 ? Math.ceil(percent) : Math.floor(percent))}%`;
}

/** Seconds with milliseconds, as a distance: `+0.012`, `+61.500`. */
export const formatOffset = (ms: number): string =>
  `${ms < 0 ? "−" : "+"}${(Math.abs(ms) / 1_000).toFixed(3)}`;
