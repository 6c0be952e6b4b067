import type { Delivery } from "./faults";
import type { Recipients } from "./wire";

/** One app message that went through the room, and what became of it at each of its recipients. */
export type AppMessageRecord = {
  readonly fromId: string;
  readonly data: unknown;
  readonly to: Recipients;
  readonly deliveries: readonly Delivery[];
};

/** The `fromId` of a message that a server sent through the REST API (github.com/daily-demos/app-message). */
export const API_SENDER = "API";

/**
 * The session ids that get a message. A broadcast is not echoed to its sender, and anyone who is not in the room is
 * silently left out (docs.daily.co/reference/daily-js/instance-methods/send-app-message). Whether Daily loops back a
 * message addressed to oneself is not documented; here it does not.
 */
export function recipientsOf(
  to: Recipients,
  fromId: string,
  present: Iterable<string>,
): readonly string[] {
  const others = [...present].filter((sessionId) => sessionId !== fromId);
  if (to === "*") return others;
  const wanted = typeof to === "string" ? [to] : to;
  return others.filter((sessionId) => wanted.includes(sessionId));
}
