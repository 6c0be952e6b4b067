import { type PeopleTracker, versionAt } from "../daily/people-tracker";
import type { Reception } from "../delivery/deliveries";
import type { Ends } from "../delivery/ends";
import { PATIENCE_MS } from "../delivery/pairing";
import type { IsTimeUp } from "../lib/slices";
import type { Entry } from "../session/session-log";
import type { DeliveredEvent, SentEvent } from "./rule";
import type { RuleEvent } from "./rule-event";
import { isOfPrebuilt } from "./rule-parts";

/** What a call sent, with what was reported about it, end by end. */
type Watched = { readonly entry: Entry; readonly sent: SentEvent; readonly told: Reception[] };

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
const MAX_AGAIN = 500;
/** So many types and people are counted apart; of more, a page made them up. */
const MAX_COUNTED = 1_000;
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
  people: PeopleTracker,
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
  /** By method, type and name. */
  const counts = new Map<string, number>();

  function count({ method, type }: SentEvent, name: string, more: number): number {
    const key = `${method} ${name} ${type}`;
    const before = counts.get(key) ?? 0;
    if (more > 0 && (before > 0 || counts.size < MAX_COUNTED)) counts.set(key, before + more);
    return before + more;
  }

  function keep(watched: Watched): void {
    past.push(watched);
    if (past.length > 2 * MAX_PAST) past = past.slice(-MAX_PAST);
  }

  /** Tells what is new of one. Returns whether it need not be looked at again. */
  function review({ entry, sent, told }: Watched, now: number): boolean {
    const receptions = ends.outcomeOf(entry, now)?.receptions ?? [];
    for (const reception of receptions) {
      const { sessionId } = reception;
      const place = told.findIndex((each) => each.sessionId === sessionId);
      const before = told[place];
      const isNews = before ? isTakenBack(before, reception) : isCertain(reception);
      if (!isNews) continue;
      told[before ? place : told.length] = reception;
      const name =
        versionAt(people.people.get(sessionId)?.names ?? [], sent.seq)?.name || sessionId;
      const outOf = count(sent, name, before ? 0 : 1);
      tell({ sent, reception, receptions, name, outOf, before });
    }
    return receptions.every(isFinal) || now - Math.max(sent.at, viewedAt) >= AGAIN_FOR_MS;
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
        const watched = due[done++] as Watched;
        if (review(watched, now)) keep(watched);
        else again.push(watched);
        if (done % STEP === 0 && isTimeUp()) break;
      }
      due.splice(0, done);
      for (const each of again.splice(0, again.length - MAX_AGAIN)) keep(each);
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
