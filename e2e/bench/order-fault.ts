import type { PageEvent } from "../../extension/protocol/event";
import type { Status } from "./read-status";
import { messageAt } from "./stream";

/**
 * Compares a recording of a load with what was sent: nothing lost unnoticed, nothing twice, in the order of arrival.
 * Returns what is wrong. Knows documents of one page only.
 */
export function orderFault(
  events: readonly PageEvent[],
  messages: number,
  { dropped, folded }: Status,
): string | undefined {
  let missing = 0;
  let last: number | undefined;
  for (const { seq } of events) {
    if (last !== undefined && seq <= last) return `event ${seq} comes after ${last}`;
    missing += seq - (last ?? seq - 1) - 1;
    last = seq;
  }
  if (missing > dropped) return `${missing} numbers are missing, ${dropped} of them known`;

  const arrived = events.flatMap((event) =>
    event.kind === "daily-event" && event.name === "app-message" ? [event.payload.json] : [],
  );
  const isComplete = dropped + folded === 0;
  if (isComplete && arrived.length !== messages) return `${arrived.length} of ${messages} messages`;
  let sent = 0;
  for (const json of arrived) {
    while (sent < messages && JSON.stringify(messageAt(sent)) !== json) sent++;
    if (sent++ >= messages) return "a message that was not sent then";
  }
  return undefined;
}
