import type { Reception } from "../delivery/deliveries";
import type { Ends } from "../delivery/ends";
import { PATIENCE_MS } from "../delivery/pairing";
import type { IsTimeUp } from "../lib/slices";
import type { Entry } from "../session/session-log";
import type { DeliveredEvent, SentEvent } from "./rule";
import type { RuleEvent } from "./rule-event";
import { isOfPrebuilt } from "./rule-parts";

/** What a call sent, with what was told of it, end by end. */
type Watched = { readonly entry: Entry; readonly sent: SentEvent; told: readonly Reception[] };

export type DeliveryWatch = {
  /** Notes the next event of the call. */
  take(entry: Entry, seen: RuleEvent): void;
  /** Tells what is known by now (epoch ms), until time is up. Returns whether that is all. */
  look(now: number, isTimeUp: IsTimeUp): boolean;
  /** Whether time alone could tell more. */
  isWaiting(): boolean;
};

/** So many are looked at again when another end comes into view, the latest ones. */
const MAX_PAST = 2_000;
/** So many may wait; at 1,000 a second that is twice as long as they have to. */
const MAX_WAITING = 10_000;
/** What is open, or was called lost, is looked at again so often and for so long. */
const AGAIN_MS = 1_000;
const AGAIN_FOR_MS = 60_000;
/** So many are looked at between two looks at the clock. */
const STEP = 32;

/**
 * Follows what becomes of the messages and the user data of one call at the other ends in view, and tells each once, or
 * again where later events show that it was otherwise. Asks nothing before `PATIENCE_MS` have passed: by then most is
 * known, and equal messages have shown that they are.
 */
export function createDeliveryWatch(
  callId: string,
  ends: Ends,
  tell: (delivered: DeliveredEvent) => void,
): DeliveryWatch {
  /** Too young to be asked for, by time. */
  const young: Watched[] = [];
  /** To be looked at now; after a while; and only when another end comes into view. */
  let due: Watched[] = [];
  const again: Watched[] = [];
  let past: Watched[] = [];
  let againAt = 0;
  /** Who was in view at the last look, and since when: their history comes after them. */
  let inView = "";
  let viewedAt = 0;

  function keep(watched: Watched): void {
    past.push(watched);
    if (past.length > 2 * MAX_PAST) past = past.slice(-MAX_PAST);
  }

  function review(watched: Watched, now: number): void {
    const receptions = ends.outcomeOf(watched.entry, now)?.receptions ?? [];
    for (const reception of receptions) {
      const before = watched.told.find(({ sessionId }) => sessionId === reception.sessionId);
      const isNews = before ? isTakenBack(before, reception) : isCertain(reception);
      if (!isNews) continue;
      watched.told = [...watched.told.filter((each) => each !== before), reception];
      tell({ sent: watched.sent, reception, receptions, before });
    }
    const isOpen = receptions.some((each) => !isFinal(each));
    if (isOpen && now - Math.max(watched.sent.at, viewedAt) < AGAIN_FOR_MS) again.push(watched);
    else keep(watched);
  }

  function collect(now: number): void {
    const ids = ends.othersOf(callId).map((end) => end.callId);
    const view = ids.join("\n");
    if (view !== inView && ids.length > 0) {
      due = [...past, ...due];
      past = [];
      viewedAt = now;
    }
    inView = view;
    if (now - againAt >= AGAIN_MS) {
      againAt = now;
      due.push(...again.splice(0));
    }
    const isOld = ({ sent }: Watched) => now - sent.at >= PATIENCE_MS;
    const first = young.findIndex((each) => !isOld(each));
    const old = young.splice(0, first < 0 ? young.length : first);
    if (ids.length > 0) due.push(...old);
    else for (const each of old) keep(each);
  }

  return {
    take(entry, seen) {
      const { call, seq, at } = seen;
      if (!call || call.outcome === "threw" || call.method === "setMeetingSessionData") return;
      const isMessage = call.method === "sendAppMessage";
      const sent: SentEvent = {
        seq,
        at,
        method: call.method,
        type: isMessage ? seen.type() : "",
        isOfPrebuilt: isMessage && isOfPrebuilt(seen),
      };
      young.push({ entry, sent, told: [] });
      if (young.length > MAX_WAITING) for (const each of young.splice(0, MAX_PAST)) keep(each);
    },

    look(now, isTimeUp) {
      collect(now);
      let done = 0;
      while (done < due.length) {
        review(due[done++] as Watched, now);
        if (done % STEP === 0 && isTimeUp()) break;
      }
      due.splice(0, done);
      return due.length === 0;
    },

    isWaiting: () => due.length + again.length > 0 || (inView !== "" && young.length > 0),
  };
}

/** Of equal messages only counts are known, and nothing of an end that isn't seen. */
function isCertain({ verdict }: Reception): boolean {
  switch (verdict.kind) {
    case "received":
    case "doubled":
    case "held":
    case "replaced":
    case "lost":
      return true;
    case "of-equals":
    case "waiting":
    case "left":
    case "joined-later":
    case "not-in-view":
      return false;
  }
}

/** Whether it stays so: what was called lost may still arrive. */
const isFinal = ({ verdict }: Reception): boolean =>
  verdict.kind !== "waiting" &&
  verdict.kind !== "lost" &&
  !(verdict.kind === "of-equals" && verdict.isOpen);

/** Whether what was told is refuted. That an end isn't seen any more refutes nothing. */
const isTakenBack = (told: Reception, now: Reception): boolean =>
  (isCertain(now) || now.verdict.kind === "of-equals") &&
  (told.verdict.kind !== now.verdict.kind ||
    told.entry !== now.entry ||
    told.isOvertaken !== now.isOvertaken);
