import type { DailyEvent, PageEvent } from "../../extension/protocol/event";
import type { CallState } from "../session/call-state";
import type { Entry } from "../session/session-log";
import { type Arrived, createPairing, type Verdict } from "./pairing";

/** What became of a message at one recipient, and the event of its arrival where there is one. */
export type Reception = {
  readonly verdict: Verdict;
  /** From the call of sendAppMessage() to the event, in milliseconds. */
  readonly latencyMs?: number;
  readonly event?: DailyEvent;
};

/** A log as far as this asks it. */
type Log = {
  readonly calls: ReadonlyMap<string, CallState>;
  readonly ofCall: ReadonlyMap<string, readonly Entry[]>;
  /** Whether the page of a call is still there: what a page that is gone would have got is not known. */
  readonly isConnected: (entry: Entry) => boolean;
};

/**
 * Who of the calls in the log got an app message that one of them sent, by session id: of everyone whose own call is in
 * the same room and seen here, and of no one else. `now` is epoch ms.
 */
export function receptionsOf(sent: Entry, log: Log, now: number): ReadonlyMap<string, Reception> {
  const receptions = new Map<string, Reception>();
  const { event } = sent;
  const sender = log.calls.get(event.callId);
  if (event.kind !== "method-called" || event.method !== "sendAppMessage" || !sender?.room)
    return receptions;
  const others = [...log.calls.values()].filter(
    ({ callId, room }) => callId !== event.callId && room === sender.room,
  );
  if (others.length === 0) return receptions;

  const pairing = createPairing();
  const events = new Map<string, DailyEvent>();
  const content = event.payload.json;
  for (const { callId } of others) {
    const entries = log.ofCall.get(callId) ?? [];
    let self: string | undefined;
    for (const entry of entries) {
      const each = entry.event;
      const joined = ownId(each);
      if (joined !== undefined) pairing.appeared((self = joined), each.at);
      if (self === undefined) continue;
      if (hasLeft(each)) pairing.disappeared(self, each.at);
      if (each.kind !== "daily-event" || each.name !== "app-message" || each.simulated) continue;
      if (each.payload.json !== content) continue;
      const arrived: Arrived = {
        id: idOf(each),
        at: each.at,
        from: each.fromId,
        by: self,
        content,
      };
      events.set(arrived.id, each);
      pairing.arrived(arrived);
    }
    const last = entries.at(-1);
    if (self !== undefined && last && !log.isConnected(last))
      pairing.disappeared(self, last.event.at);
  }
  let self: string | undefined;
  for (const { event: each } of log.ofCall.get(event.callId) ?? []) {
    self = ownId(each) ?? self;
    if (each.kind !== "method-called" || each.method !== "sendAppMessage") continue;
    if (self === undefined || each.outcome === "threw" || each.payload.json !== content) continue;
    const { at, to = "*" } = each;
    const recipients = to === "*" ? to : [to].flat();
    pairing.sent({ id: idOf(each), at, from: self, to: recipients, content });
  }

  for (const { recipient, verdict } of pairing.deliveriesOf(idOf(event), now)) {
    const arrival =
      verdict.kind === "received"
        ? verdict.arrival
        : verdict.kind === "doubled"
          ? verdict.arrivals[0]
          : undefined;
    const own = arrival && events.get(arrival.id);
    receptions.set(recipient, {
      verdict,
      ...(arrival && own && { latencyMs: arrival.at - event.at, event: own }),
    });
  }
  return receptions;
}

const idOf = ({ callId, seq }: PageEvent): string => `${callId} ${seq}`;

/** The session id that a call has from an event on; undefined for events that give it none. */
function ownId(event: PageEvent): string | undefined {
  if (
    event.kind !== "call-snapshot" &&
    !(event.kind === "daily-event" && event.name === "joined-meeting")
  )
    return undefined;
  return event.participants.find(({ participant }) => participant.local)?.participant.session_id;
}

const hasLeft = (event: PageEvent): boolean =>
  event.kind === "daily-event" &&
  (event.name === "left-meeting" || event.name === "call-instance-destroyed");
