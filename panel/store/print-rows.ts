import type { CallState } from "./call-state";
import type { Entry } from "./session-log";
import { rowOf } from "./traffic-row";

/** Rows as text, one a line: direction, channel, from → to, summary, status. */
export function printRows(entries: readonly Entry[], call: CallState | undefined): string[] {
  return entries.flatMap((entry) => {
    const row = rowOf(entry, call);
    if (!row) return [];
    const people = [row.from?.label, row.to.map(({ label }) => label).join(" & ")]
      .filter(Boolean)
      .join(" → ");
    const mark = { out: "↑", in: "↓", none: "·" }[row.direction];
    return [
      [mark, row.channel, people, row.summary, row.status && `[${row.status.label}]`]
        .filter(Boolean)
        .join(" "),
    ];
  });
}
