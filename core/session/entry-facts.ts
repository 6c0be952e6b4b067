import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { statusWord } from "./status-words";
import type { CallState } from "./call-state";
import type { PersonLabel } from "./people";
import { type RowStatus, statusOf } from "./row-status";
import type { Entry } from "./session-log";
import { peopleOf, rowOf, type RowChannel, typeOf } from "./traffic-row";

/**
 * What a filter may ask about an entry. The functions find it out when it is first asked for, and keep it: most entries
 * are decided by what costs nothing.
 */
export type EntryFacts = {
  readonly entry: Entry;
  readonly call: CallState | undefined;
  readonly channel: RowChannel;
  readonly payload: Payload | undefined;
  readonly people: () => { from: PersonLabel | undefined; to: readonly PersonLabel[] };
  readonly status: () => (RowStatus & { readonly word: string }) | undefined;
  /** The payload's value, or the one inside where it is JSON text; undefined when it cannot be read. */
  readonly value: () => unknown;
  readonly type: () => string | undefined;
  /** Everything that the row shows, and its payload: in lower case, to look for words. */
  readonly words: () => string;
  /** The beginnings of the payload and of the row, for regular expressions. */
  readonly excerpt: () => string;
};

/** A regular expression sees so much of a payload and of a row: the text is hostile, and no pattern is safe on all. */
export const REGEX_CHARS = { payload: 4_096, row: 1_024 };

/** Facts of an entry that has a row. `now` is epoch ms. */
export function entryFacts(
  entry: Entry,
  channel: RowChannel,
  call: CallState | undefined,
  now: number,
): EntryFacts {
  const { event } = entry;
  const payload = "payload" in event ? event.payload : undefined;
  const type = once(() => (channel === "app-message" ? typeOf(payload) : undefined));
  return {
    entry,
    call,
    channel,
    payload,
    people: once(() => peopleOf(entry, call)),
    status: once(() => {
      const status = statusOf(entry, call?.history, now);
      return status && { ...status, word: statusWord(status.label) };
    }),
    value: once(() => {
      const parsed = payload && parsePayload(payload);
      if (!parsed?.ok) return undefined;
      return typeof parsed.value === "string" ? (type()?.inner ?? parsed.value) : parsed.value;
    }),
    type: () => type()?.label,
    words: once(() => `${rowText(entry, call, now)}\n${payload?.json ?? ""}`.toLowerCase()),
    excerpt: once(() => {
      const row = rowText(entry, call, now).slice(0, REGEX_CHARS.row);
      return `${payload?.json.slice(0, REGEX_CHARS.payload) ?? ""}\n${row}`;
    }),
  };
}

function rowText(entry: Entry, call: CallState | undefined, now: number): string {
  const row = rowOf(entry, call);
  if (!row) return "";
  const people = [row.from, ...row.to].map(
    (person) => `${person?.label ?? ""} ${person?.id ?? ""}`,
  );
  const status = statusOf(entry, call?.history, now);
  const { name, channel, summary } = row;
  return [name, channel, ...people, status?.label, status?.detail, summary].join("\n");
}

/** Whether it carries an error: thrown, rejected, told by Daily, or of a command. */
export function hasError({ event }: Entry, call: CallState | undefined): boolean {
  if (event.kind === "command-failed") return true;
  if (event.kind === "daily-event") return "errorMsg" in event;
  if (event.kind !== "method-called") return false;
  const { session, userData } = call?.history ?? {};
  const fate = session?.writes.get(event.seq)?.fate ?? userData?.writes.get(event.seq)?.fate;
  return event.error !== undefined || fate?.kind === "refused" || fate?.kind === "failed";
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}
