import type { PageEvent } from "../../extension/protocol/event";
import type { EventView } from "../session/event-view";
import { type MeetingStatus, phaseOf, statusAfter } from "../daily/meeting-status";
import { UNCONFIRMED_AFTER_MS } from "../daily/session-tracker";
import type { Ends } from "../delivery/ends";
import type { IsTimeUp } from "../lib/slices";
import { ALL_RULES } from "./all-rules";
import { createDeliveryWatch, type DeliveryWatch } from "./delivery-watch";
import { addSighting, ALL, type Finding, findingId, newFinding, takeBack } from "./finding";
import type { Rule, RuleRun, Sighting, Trackers } from "./rule";
import { type RuleEvent, ruleEvent } from "./rule-event";

/** So many different subjects of one rule in one call are told apart; what comes after them is one finding. */
const MAX_SUBJECTS = 40;
/** So many writes may wait for what becomes of them. That is hundreds of times what fits into one sync. */
const MAX_UNDECIDED = 500;
/** So many events of a call are known to belong to findings; of more, the latest. */
const MAX_MARKED = 50_000;
/** A value of user data has held for so long that nothing which comes later can hide it. */
const HELD_MS = 2_000;

type CallRun = {
  readonly callId: string;
  readonly trackers: Trackers;
  readonly runs: readonly RuleRun[];
  /** Texts of the subjects that are told apart, by rule. */
  readonly subjects: Map<Rule, Set<string>>;
  /** Ids of the findings that an event belongs to, by its number. */
  readonly marks: Map<number, readonly string[]>;
  readonly watch: DeliveryWatch;
  status: MeetingStatus;
  undecided: RuleEvent[];
  latestAt: number;
};

export type RuleEngine = {
  readonly findings: ReadonlyMap<string, Finding>;
  /** Ids of the findings that an event belongs to, whether or not it is kept as evidence. */
  findingsOf(callId: string, seq: number): readonly string[];
  /** Takes in the next event of the log, and answers how it looked at it, if it did. Costs the same however long the log is. */
  take(view: EventView): RuleEvent | undefined;
  /** To be called after each batch, and when time has passed: `now` is epoch ms. Returns whether it looked at all. */
  look(now: number, isTimeUp?: IsTimeUp): boolean;
  /** Whether time alone could bring something to light. */
  isWaiting(): boolean;
  /** Changes when a finding did. */
  revision(): number;
};

/** Where no other end of a room is in view. */
const NO_ENDS: Ends = {
  outcomeOf: () => undefined,
  endOf: () => undefined,
  othersOf: () => [],
};

/**
 * Applies all rules to the calls of a page, event by event. Of the other calls in their rooms they know what `ends`
 * tells.
 */
export function createRuleEngine(
  trackersOf: (callId: string) => Trackers | undefined,
  rules: readonly Rule[] = ALL_RULES,
  ends: Ends = NO_ENDS,
): RuleEngine {
  const findings = new Map<string, Finding>();
  const calls = new Map<string, CallRun>();
  const hearing = createHearing();
  let revision = 0;

  function report(call: CallRun, rule: Rule, sighting: Sighting): void {
    const subjects = call.subjects.get(rule) ?? new Set();
    call.subjects.set(rule, subjects);
    const { subject = ALL, seqs } = sighting;
    const isRest = !subjects.has(subject.text) && subjects.size >= MAX_SUBJECTS;
    const id = findingId(rule, call.callId, isRest ? undefined : subject);
    if (sighting.times === 0 && (isRest || !findings.has(id))) return;
    if (!isRest) subjects.add(subject.text);
    const finding = findings.get(id) ?? newFinding(rule, call.callId, sighting, isRest);
    findings.set(id, finding);
    // Each subject counts its own.
    addSighting(finding, isRest ? { ...sighting, outOf: 0 } : sighting);
    mark(call.marks, seqs, id);
    revision++;
  }

  function retract(call: CallRun, rule: Rule, sighting: Sighting): void {
    const own = findingId(rule, call.callId, sighting.subject ?? ALL);
    const id = findings.has(own) ? own : findingId(rule, call.callId, undefined);
    const finding = findings.get(id);
    if (!finding) return;
    takeBack(finding, sighting);
    if (finding.count <= 0) findings.delete(id);
    for (const seq of sighting.seqs) {
      const ids = call.marks.get(seq)?.filter((each) => each !== id) ?? [];
      if (ids.length > 0) call.marks.set(seq, ids);
      else call.marks.delete(seq);
    }
    revision++;
  }

  function callRun(callId: string): CallRun | undefined {
    const known = calls.get(callId);
    const trackers = known ? known.trackers : trackersOf(callId);
    if (known || !trackers) return known;
    const runs: RuleRun[] = [];
    const call: CallRun = {
      callId,
      trackers,
      runs,
      subjects: new Map(),
      marks: new Map(),
      watch: createDeliveryWatch(callId, ends, trackers.people, (delivered) => {
        for (const run of runs) run.delivered?.(delivered);
      }),
      status: "new",
      undecided: [],
      latestAt: 0,
    };
    for (const rule of rules)
      runs.push(
        rule.start(
          (sighting) => report(call, rule, sighting),
          trackers,
          (sighting) => retract(call, rule, sighting),
          { own: () => ends.endOf(callId), others: () => ends.othersOf(callId) },
        ),
      );
    calls.set(callId, call);
    return call;
  }

  function isDecided(call: CallRun, { seq, at }: RuleEvent, now: number): boolean {
    const { session, userData } = call.trackers;
    const waitedMs = Math.max(now, call.latestAt) - at;
    const set = userData.writes.get(seq);
    switch ((session.writes.get(seq) ?? set)?.fate.kind) {
      case "queued":
      case "pending":
        return waitedMs > UNCONFIRMED_AFTER_MS;
      case "set":
        return set?.replacedAfterMs !== undefined || waitedMs > HELD_MS;
      default:
        return true;
    }
  }

  function decide(call: CallRun, now: number): void {
    const open: RuleEvent[] = [];
    for (const each of call.undecided) {
      if (isDecided(call, each, now)) for (const run of call.runs) run.decided?.(each);
      else open.push(each);
    }
    call.undecided = open.slice(-MAX_UNDECIDED);
  }

  return {
    findings,
    findingsOf: (callId, seq) => calls.get(callId)?.marks.get(seq) ?? [],
    revision: () => revision,
    isWaiting: () =>
      [...calls.values()].some(
        ({ undecided, runs, watch }) =>
          undecided.length > 0 || watch.isWaiting() || runs.some((run) => run.isWaiting?.()),
      ),
    take(view) {
      const { event, entry } = view;
      const call = callRun(event.callId);
      if (!call) return undefined;
      const { callId, at } = event;
      call.latestAt = event.at;
      hearing.note(event, entry.documentId);
      const seen = ruleEvent(view, {
        phase: phaseOf(call.status),
        otherCalls: hearing.inSameRoom(callId),
        isHeardElsewhere: () => hearing.isElsewhere(callId, at),
      });
      if (event.kind === "method-called" && event.by === "panel") {
        for (const run of call.runs) run.byPanel?.(seen);
        return undefined;
      }
      for (const run of call.runs) run.event?.(seen);
      call.status = statusAfter(event, call.status) ?? call.status;
      call.watch.take(entry, seen);
      if (seen.call && seen.call.method !== "sendAppMessage") {
        call.undecided.push(seen);
        if (call.undecided.length > 2 * MAX_UNDECIDED) decide(call, event.at);
      }
      return seen;
    },
    look(now, isTimeUp = () => false) {
      let isAll = true;
      for (const call of calls.values()) {
        const latest = Math.max(now, call.latestAt);
        decide(call, now);
        isAll = call.watch.look(latest, isTimeUp) && isAll;
        for (const run of call.runs) run.look?.(latest);
      }
      return isAll;
    },
  };
}

/** Two calls of a page get the same message at about the same time, in either order. Epoch ms. */
const SAME_TIME_MS = 1_000;

/** Which calls listen to the app messages of a room: a page may have one that listens and others that only help. */
function createHearing() {
  const placeOf = new Map<string, string>();
  /** When each call last heard a message, by its place. */
  const heard = new Map<string, Map<string, number>>();
  const inRoom = new Map<string, string>();
  return {
    note(event: PageEvent, documentId: string): void {
      const { callId, at } = event;
      if ("room" in event && event.room !== undefined)
        placeOf.set(callId, JSON.stringify([documentId, event.room]));
      const place = placeOf.get(callId);
      const name = event.kind === "daily-event" ? event.name : undefined;
      if (name === "joined-meeting" && place !== undefined) inRoom.set(callId, place);
      else if (name === "left-meeting" || name === "call-instance-destroyed") inRoom.delete(callId);
      if (event.kind !== "daily-event" || event.name !== "app-message") return;
      if (event.listeners === 0 || place === undefined) return;
      const calls = heard.get(place) ?? new Map<string, number>();
      heard.set(place, calls.set(callId, at));
    },
    /** How many other calls of the same document are in the room that this one has just joined. */
    inSameRoom(callId: string): number {
      const place = inRoom.get(callId);
      if (place === undefined) return 0;
      return [...inRoom].filter(([each, room]) => each !== callId && room === place).length;
    },
    /** Whether another call of the same document listened in the same room, then or since. */
    isElsewhere(callId: string, at: number): boolean {
      const calls = heard.get(placeOf.get(callId) ?? "") ?? [];
      return [...calls].some(([each, when]) => each !== callId && when >= at - SAME_TIME_MS);
    },
  };
}

function mark(marks: CallRun["marks"], seqs: readonly number[], id: string): void {
  for (const seq of seqs) {
    const ids = marks.get(seq) ?? [];
    if (!ids.includes(id)) marks.set(seq, [...ids, id]);
  }
  for (const [oldest] of marks) {
    if (marks.size <= MAX_MARKED) return;
    marks.delete(oldest);
  }
}
