import type { Decoded } from "../protocols/decode";
import type { EventView } from "../session/event-view";
import type { Entry } from "../session/session-log";

/** A message of a known protocol that was sent or received. */
export type ProtocolMessage = {
  readonly decoded: Decoded;
  readonly entry: Entry;
  /** Epoch ms. */
  readonly at: number;
  readonly direction: "in" | "out";
  /** The session id of who sent it; empty for the page's own participant before the first join. */
  readonly from: string;
  /** Whom it was sent to: `"*"`, or session ids; of what was received, the page's own participant. */
  readonly to: readonly string[];
};

/** The message of a protocol that an event is; undefined for any other, and for one that daily-js refused to send. */
export function protocolMessageOf(view: EventView): ProtocolMessage | undefined {
  const { decoded, entry, event, call } = view;
  if (!decoded) return undefined;
  const { at } = event;
  const own = call?.history.people.localId() ?? "";
  if (event.kind === "method-called") {
    if (event.outcome === "threw") return undefined;
    return { decoded, entry, at, direction: "out", from: own, to: [event.to ?? "*"].flat() };
  }
  if (event.kind !== "daily-event" || event.name !== "app-message") return undefined;
  return { decoded, entry, at, direction: "in", from: event.fromId, to: [own] };
}
