import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import type { Finding } from "../../core/rules/finding";
import type { Level } from "../../core/rules/rule";
import { createRuleEngine, type RuleEngine } from "../../core/rules/rule-engine";
import { createTypeUsages, type TypeUsage } from "../../core/rules/type-usage";
import { sameJson } from "../../core/lib/same-json";
import { createFindingsLook, type FindingsLook } from "./findings-look";
import type { Mutes } from "./mutes";
import type { Session } from "../session/session";
import { placeOf } from "../../core/session/session-log";

/** All that was found so far. A new object, and new findings in it, each time there was more. */
type FoundSoFar = {
  /** The most serious first, then in the order in which they began. */
  readonly findings: readonly Finding[];
  /** The types of app messages that were seen. */
  readonly types: readonly TypeUsage[];
  /** How many events were looked at. */
  readonly events: number;
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
};

export type Findings = {
  readonly current: ReadonlySignal<FoundSoFar>;
  /** Those of it that are not muted. */
  readonly open: ReadonlySignal<readonly Finding[]>;
  readonly mutes: Mutes;
  readonly look: FindingsLook;
  /** When each of the open ones began, for the overview; the same list as long as it says the same. */
  readonly marks: ReadonlySignal<readonly FindingMark[]>;
  /** The findings that an event belongs to. */
  readonly ofEvent: (callId: string, seq: number) => readonly Finding[];
};

/** A moment at which something went wrong. */
type FindingMark = {
  readonly at: number;
  readonly level: "warning" | "error";
  readonly title: string;
};

/** Long enough to be of use, short enough that nobody waits for it. */
const SLICE_MS = 8;
/** A list that changes more often than this can only be seen to flicker. */
const SHOW_EVERY_MS = 500;
/** So often it is looked whether something has waited too long. */
const LOOK_EVERY_MS = 1_000;

const RANK: Readonly<Record<Level, number>> = { error: 0, warning: 1, info: 2 };

/**
 * What is wrong in a session, kept up to date. Each event is looked at once; all over again only when another session is
 * shown or events were cut out of it. Long work is done in slices, `later` being how the next one is asked for.
 */
export function createFindings(
  session: ReadonlySignal<Session>,
  mutes: Mutes,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
  clock: () => number = Date.now,
): Findings {
  let engine: RuleEngine;
  let usages = createTypeUsages();
  let source: Session | undefined;
  let generation = -1;
  /** The index of the next entry to look at. */
  let next = 0;
  let events = 0;
  let shownRevision = -1;
  const current = signal<FoundSoFar>({ findings: NONE, types: [], events: 0, isComplete: true });

  let isScheduled = false;
  let isLookScheduled = false;
  let isShowing = false;
  let isStale = false;

  function startOver(from: Session): void {
    source = from;
    generation = from.generation.peek();
    engine = createRuleEngine((callId) => from.callOf(callId)?.history);
    usages = createTypeUsages();
    next = 0;
    events = 0;
    shownRevision = -1;
    // What was shown of another log must not stay any longer.
    isShowing = false;
    isStale = false;
  }

  function advance(): void {
    const latest = session.peek();
    if (latest !== source || latest.generation.peek() !== generation) startOver(latest);
    const { entries } = latest.log;
    const end = performance.now() + SLICE_MS;
    let place = placeOf(entries, next);
    for (let entry = entries[place]; entry; entry = entries[++place]) {
      const seen = engine.take(entry.event, entry.documentId);
      if (seen) usages.take(seen);
      next = entry.index + 1;
      events++;
      if (performance.now() > end) break;
    }
    const isComplete = place >= entries.length;
    if (isComplete) engine.look(nowOf(latest));
    show(isComplete);
    if (!isComplete) goOn();
    else if (engine.isWaiting() && !latest.source) lookLater();
  }

  function goOn(): void {
    if (isScheduled) return;
    isScheduled = true;
    later(() => {
      isScheduled = false;
      advance();
    }, 0);
  }

  function lookLater(): void {
    if (isLookScheduled) return;
    isLookScheduled = true;
    later(() => {
      isLookScheduled = false;
      advance();
    }, LOOK_EVERY_MS);
  }

  /** Of a recording, when it was made. */
  const nowOf = ({ source: recording }: Session) =>
    recording ? Date.parse(recording.recordedAt) : clock();

  function show(isComplete: boolean): void {
    const before = current.peek();
    const isSame =
      shownRevision === engine.revision() || before.findings.length + engine.findings.size === 0;
    if (isSame && before.events === events && before.isComplete === isComplete) return;
    if (isShowing) {
      isStale = true;
      return;
    }
    shownRevision = engine.revision();
    const findings = isSame ? before.findings : sorted(engine.findings);
    current.value = { findings, types: usages.list(), events, isComplete };
    isShowing = true;
    later(() => {
      isShowing = false;
      if (!isStale) return;
      isStale = false;
      show(next >= session.peek().log.nextIndex);
    }, SHOW_EVERY_MS);
  }

  effect(() => {
    const shown = session.value;
    void [shown.counts.value, shown.generation.value];
    // In a task of its own: those who draw the same events are busy in this one.
    untracked(goOn);
  });

  const all = computed(() => current.value.findings);
  const open = computed(() =>
    all.value.filter(({ rule, subject }) => !mutes.isMuted(rule.id, subject.type)),
  );
  const openById = computed(() => new Map(open.value.map((finding) => [finding.id, finding])));

  let marked: readonly FindingMark[] = [];
  const marks = computed(() => {
    const now = open.value.flatMap(({ rule: { level, title }, firstAt }) =>
      level === "info" ? [] : [{ at: firstAt, level, title }],
    );
    return sameJson(now, marked) ? marked : (marked = now);
  });

  return {
    current,
    open,
    mutes,
    look: createFindingsLook(),
    marks,
    ofEvent(callId, seq) {
      const byId = openById.value;
      if (byId.size === 0) return NONE;
      return engine.findingsOf(callId, seq).flatMap((id) => byId.get(id) ?? []);
    },
  };
}

const NONE: readonly Finding[] = [];

const sorted = (findings: ReadonlyMap<string, Finding>): Finding[] =>
  [...findings.values()]
    .map((finding) => ({ ...finding }))
    .sort((a, b) => RANK[a.rule.level] - RANK[b.rule.level] || a.firstAt - b.firstAt);
