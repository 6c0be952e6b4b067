import type { CallState } from "../session/call-state";
import { statusOf } from "../session/row-status";
import type { Entry } from "../session/session-log";
import { chipOf, rowOf } from "../session/event-view";

/** Rows as text, one a line: direction, channel, from → to, summary, status at `now` (epoch ms). */
export function printRows(
  entries: readonly Entry[],
  call: CallState | undefined,
  now: number,
): string[] {
  return entries.flatMap((entry) => {
    const row = rowOf(entry, call);
    if (!row) return [];
    const people = [row.from?.label, row.to.map(({ label }) => label).join(" & ")]
      .filter(Boolean)
      .join(" → ");
    const status = statusOf(entry, call?.history, now);
    const mark = { out: "↑", in: "↓", none: "·" }[row.direction];
    return [
      [mark, row.channel, people, chipOf(row), row.summary, status && `[${status.label}]`]
        .filter(Boolean)
        .join(" "),
    ];
  });
}
