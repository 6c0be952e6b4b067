import type { CallState } from "../store/call-state";
import type { TableLayout, TimeFormat } from "../store/columns";
import { formatMinutes, formatOffset, formatTime } from "./format";

/** A time as the table tells it. `at` and `previousAt` (of the row above, if there is one) are epoch ms. */
export function timeText(
  format: TimeFormat,
  { isTight }: TableLayout,
  at: number,
  call: CallState | undefined,
  previousAt: number | undefined,
): string {
  switch (format) {
    case "clock":
      return isTight ? formatMinutes(at) : formatTime(at);
    case "since-start":
      return formatOffset(at - (call?.startedAt ?? at));
    case "since-previous":
      return previousAt === undefined ? "" : formatOffset(at - previousAt);
  }
}
