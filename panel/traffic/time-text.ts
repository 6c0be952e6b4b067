import type { CallState } from "../../core/session/call-state";
import type { TimeFormat } from "../session/columns";
import { formatOffset, formatTime } from "../ui/format";

/** A time as the table tells it. `at` and `previousAt` (of the row above, if there is one) are epoch ms. */
export function timeText(
  format: TimeFormat,
  at: number,
  call: CallState | undefined,
  previousAt: number | undefined,
): string {
  switch (format) {
    case "clock":
      return formatTime(at);
    case "since-start":
      return formatOffset(at - (call?.startedAt ?? at));
    case "since-previous":
      return previousAt === undefined ? "" : formatOffset(at - previousAt);
  }
}
