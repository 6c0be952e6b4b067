import type { CallState } from "../../core/session/call-state";
import type { Entry } from "../../core/session/session-log";
import { rowOf } from "../../core/session/event-view";

type CallOf = (callId: string) => CallState | undefined;

const HEAD = [
  "time",
  "direction",
  "channel",
  "name",
  "from",
  "to",
  "type",
  "chars",
  "latency ms",
  "status",
  "payload",
];

/** Rows as a table for a spreadsheet: tab-separated, with a head. `now` is epoch ms, for writes that wait. */
export function toTsv(entries: readonly Entry[], callOf: CallOf, now: number): string {
  const lines = entries.flatMap((entry) => {
    const row = rowOf(entry, callOf(entry.event.callId));
    if (!row) return [];
    const latency = row.latency?.ms;
    return [
      [
        new Date(entry.event.at).toISOString(),
        row.direction,
        row.channel,
        row.name,
        row.from?.label,
        row.to.map(({ label }) => label).join(", "),
        row.type?.label,
        row.payload?.chars,
        latency === undefined ? undefined : Math.round(latency),
        row.status(now)?.label,
        row.payload?.json ?? row.summary,
      ],
    ];
  });
  return [HEAD, ...lines].map((cells) => cells.map(cell).join("\t")).join("\n");
}

/** Rows as a JSON array of the events as a recording has them. */
export const toJson = (entries: readonly Entry[]): string =>
  JSON.stringify(
    entries.map(({ event }) => event),
    undefined,
    2,
  );

/**
 * A cell on one line. A sheet would take what begins with one of these signs as a formula and run it: what a page says
 * stays text.
 */
function cell(value: string | number | undefined): string {
  const text = String(value ?? "").replace(/[\t\r\n]+/g, " ");
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
