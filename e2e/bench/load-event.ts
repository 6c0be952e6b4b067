import type { PageEvent } from "../../extension/protocol/event";
import { toPayload } from "../../extension/protocol/payload";
import { CALL_ID, session } from "../../core/testing/session-text";
import { messageAt, SENDERS, senderAt } from "./stream";

const OPENING = session(`
  0 created
  1 joined Me with ${SENDERS.join(" ")}
`);

/** The event with that index of a call in which eight people talk, and the page itself one time in twenty. */
export function loadEvent(index: number): PageEvent {
  const opening = OPENING[index];
  if (opening) return opening;
  const base = { seq: index + 1, at: Date.UTC(2026, 0, 1) + index * 5, callId: CALL_ID };
  const payload = toPayload(messageAt(index));
  if (index % 20 === 0) {
    const called = { ...base, kind: "method-called", method: "sendAppMessage", payload } as const;
    return { ...called, by: "page", outcome: "returned", to: "*", limit: 4096 };
  }
  const fromId = `id-${SENDERS[senderAt(index)]?.toLowerCase()}`;
  const emitted = { ...base, kind: "daily-event", listeners: 1, handlerMs: 0.1 } as const;
  return { ...emitted, name: "app-message", payload, fromId };
}
