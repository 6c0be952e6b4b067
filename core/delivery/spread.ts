import type { EventOf } from "../../extension/protocol/event";
import { isPresent, type Person, versionAt } from "../daily/people-tracker";
import type { CallState } from "../session/call-state";
import { isSameSession } from "../session/seats";
import type { Entry, SessionLog } from "../session/session-log";
import type { Reception, Spread } from "./deliveries";
import { PATIENCE_MS } from "./pairing";
import { compareClocks, timeBetween } from "./seat-clocks";

/** So long after a write, others should have it: our own choice, for Daily documents no number. */
export const SPREAD_MS = 2 * PATIENCE_MS;

type Log = Pick<SessionLog, "calls" | "ofCall" | "documents">;
type Version = {
  readonly seq: number;
  readonly at: number;
  readonly payload: { readonly json: string } | undefined;
};

/** Whether the page with this session id ran on after a moment, and after another (epoch ms). */
type HasRunOn = (sessionId: string, at: number, until: number) => boolean;

/**
 * Where a write of user data or session data of a call in view has arrived by a time (epoch ms): at each other call in
 * view that was there. Undefined for anything else, and for what hasn't been sent.
 */
export function spreadOf(
  { event, documentId }: Entry,
  log: Log,
  now: number,
  hasRunOn: HasRunOn,
): Reception[] | undefined {
  if (event.kind !== "method-called" || event.method === "sendAppMessage") return undefined;
  const writer = log.calls.get(event.callId);
  const value =
    writer && (event.method === "setUserData" ? userDataOf : sessionDataOf)(event, writer);
  if (!writer || !value) return undefined;
  const others = [...log.calls.values()].filter(
    (call) => call.callId !== event.callId && isSameSession(call, writer),
  );
  return others.flatMap((call) =>
    receptionOf(call, value, { event, documentId }, log, now, hasRunOn),
  );
}

/** What is looked for at the others: a value, its author's versions in a call, and later values of the same author. */
type Value = {
  readonly json: string | undefined;
  /** When it was handed to Daily, in epoch ms. */
  readonly at: number;
  readonly versionsIn: (call: CallState) => readonly Version[];
  /** Whether a value came after it. */
  readonly isLater: (json: string | undefined) => boolean;
};

function userDataOf(
  { seq, at }: EventOf<"method-called">,
  { history }: CallState,
): Value | undefined {
  const { people, userData } = history;
  const write = userData.writes.get(seq);
  if (!write || write.fate.kind === "refused" || write.fate.kind === "silent") return undefined;
  // Before the join it is only stored; it goes out with the join, as part of it.
  if (write.fate.kind === "stored") return undefined;
  const self = [...people.people.values()].findLast(
    (person) => person.participant.local && isPresent(person, seq),
  );
  if (!self) return undefined;
  const later = onDemand(() => {
    const writes = [...userData.writes].filter(([each]) => each > seq);
    return new Set<string | undefined>(writes.map(([, { payload }]) => payload.json));
  });
  return {
    json: write.payload.problem ? undefined : write.payload.json,
    at,
    versionsIn: (call) => call.history.people.people.get(self.sessionId)?.versions ?? [],
    isLater: (json) => later().has(json),
  };
}

function sessionDataOf(
  { seq, at }: EventOf<"method-called">,
  { history }: CallState,
): Value | undefined {
  const { session } = history;
  const write = session.writes.get(seq);
  const confirmedBy = write?.window?.confirmedBy;
  // What never showed at its writer can't be told apart at others.
  if (confirmedBy === undefined) return undefined;
  const { versions } = session;
  const state = versionAt(versions, confirmedBy);
  if (state?.seq !== confirmedBy) return undefined;
  const later = onDemand(() => {
    const after = versions.filter((version) => version.seq > confirmedBy);
    return new Set(after.map(({ payload }) => payload.json));
  });
  return {
    json: state.payload.json,
    at,
    versionsIn: (call) => call.history.session.versions,
    isLater: (json) => json !== undefined && later().has(json),
  };
}

/** What is made when it is first asked for: most writes are found at once, and all later values are many. */
function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function receptionOf(
  call: CallState,
  { json, at, versionsIn, isLater }: Value,
  { documentId }: Pick<Entry, "event" | "documentId">,
  log: Log,
  now: number,
  hasRunOn: HasRunOn,
): Reception[] {
  const entries = log.ofCall.get(call.callId) ?? [];
  const receiver = entries.at(-1)?.documentId ?? "";
  const self = [...call.history.people.people.values()].findLast(
    ({ participant }) => participant.local,
  );
  if (!self) return [];
  const clocks = compareClocks(log.documents, documentId, receiver);
  const { errorMs } = clocks;
  const stay = self.stays.find(
    ({ fromAt, toAt = Infinity }) => fromAt + errorMs <= at && at <= toAt - errorMs,
  );
  const { sessionId } = self;
  const of = (verdict: Reception["verdict"]): Reception[] => [
    { sessionId, callId: call.callId, verdict },
  ];
  if (!stay) return of({ kind: isLaterJoin(self, at + errorMs) ? "joined-later" : "not-in-view" });

  const versions = versionsIn(call);
  const from = versions.findLastIndex((version) => version.at < at - SKEW_MS - errorMs) + 1;
  for (const version of versions.slice(from)) {
    const isIt = version.payload?.json === json;
    if (!isIt && !isLater(version.payload?.json)) continue;
    const verdict: Spread = { kind: isIt ? "held" : "replaced" };
    const entry = entryOf(entries, version.seq);
    return [
      {
        sessionId,
        callId: call.callId,
        verdict,
        ...(entry && { entry }),
        ...(isIt && timeBetween(at, version.at, clocks)),
      },
    ];
  }
  // A value that was set back before it spread makes no event: what is held since before is the value.
  const held = versions.at(from - 1);
  if (from > 0 && held?.payload?.json === json) return of({ kind: "held" });
  if (from > 0 && isLater(held?.payload?.json)) return of({ kind: "replaced" });
  const document = log.documents.get(receiver);
  if (stay.toAt !== undefined) return of({ kind: "left" });
  const isProven =
    hasRunOn(sessionId, at + errorMs, at + errorMs + SPREAD_MS) && now > at + SPREAD_MS;
  if (isProven && document?.leftOut === 0) return of({ kind: "lost" });
  // Of a page that is gone, nothing more is awaited.
  return of({ kind: document?.isConnected ? "waiting" : "not-in-view" });
}

/** Clocks of two pages of one browser may differ by this much. */
const SKEW_MS = 20;

const isLaterJoin = ({ stays }: Person, at: number): boolean =>
  stays.some(({ fromAt }) => fromAt > at);

function entryOf(entries: readonly Entry[], seq: number): Entry | undefined {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as Entry).event.seq < seq) low = middle + 1;
    else high = middle;
  }
  return entries[low]?.event.seq === seq ? entries[low] : undefined;
}
