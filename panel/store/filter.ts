import type { CallState } from "./call-state";
import type { Entry } from "./session-log";
import { channelOf, type RowChannel, rowOf } from "./traffic-row";

/** From one moment to another, both included; epoch ms. */
export type TimeSpan = { readonly from: number; readonly to: number };

export type Filter = {
  readonly channels: ReadonlySet<RowChannel>;
  /** Show one call only; undefined for all. */
  readonly callId: string | undefined;
  /** Every word must occur somewhere in the row or its payload; case does not matter. */
  readonly text: string;
  /** Show only what happened then; undefined for all. */
  readonly span: TimeSpan | undefined;
};

export const ALL_CHANNELS: readonly RowChannel[] = [
  "app-message",
  "user-data",
  "session-data",
  "people",
  "call",
];

export const NO_FILTER: Filter = {
  channels: new Set(ALL_CHANNELS),
  callId: undefined,
  text: "",
  span: undefined,
};

/** Whether a filter leaves anything out. */
export function isNarrowing({ channels, callId, text, span }: Filter): boolean {
  return (
    channels.size < ALL_CHANNELS.length ||
    callId !== undefined ||
    text.trim() !== "" ||
    span !== undefined
  );
}

/** Whether a moment lies in a span; any does in none. */
export const isWithin = (at: number, span: TimeSpan | undefined): boolean =>
  !span || (at >= span.from && at <= span.to);

/** Whether two filters let the same through, whatever their time spans. */
export const isSameButSpan = (a: Filter, b: Filter): boolean =>
  a.channels === b.channels && a.callId === b.callId && a.text === b.text;

/** A test for entries, but for the time span: the same for the table, the overview and the export. */
export function createMatcher(
  filter: Filter,
  callOf: (callId: string) => CallState | undefined,
): (entry: Entry) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    const channel = channelOf(entry);
    if (!channel || !filter.channels.has(channel)) return false;
    const { callId } = entry.event;
    if (filter.callId !== undefined && callId !== "" && callId !== filter.callId) return false;
    if (words.length === 0) return true;
    const text = searchText(entry, callOf(callId));
    return words.every((word) => text.includes(word));
  };
}

/** A test for entries in whose row or payload a text occurs; case does not matter. */
export function createSearch(
  text: string,
  callOf: (callId: string) => CallState | undefined,
): (entry: Entry) => boolean {
  const wanted = text.toLowerCase();
  return (entry) => searchText(entry, callOf(entry.event.callId)).includes(wanted);
}

function searchText(entry: Entry, call: CallState | undefined): string {
  const row = rowOf(entry, call);
  if (!row) return "";
  const people = [row.from, ...row.to].map(
    (person) => `${person?.label ?? ""} ${person?.id ?? ""}`,
  );
  const { name, channel, status, summary, payload } = row;
  const parts = [name, channel, status?.label, status?.detail, summary, payload?.json, ...people];
  return parts.join("\n").toLowerCase();
}
