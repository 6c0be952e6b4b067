import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import { createEnds } from "../../core/delivery/ends";
import { createFollower } from "../../core/lib/slices";
import { sameJson } from "../../core/lib/json";
import type { Contract } from "../../core/contract/contract";
import { rulesWith } from "../../core/rules/baseline-rules";
import type { Finding } from "../../core/rules/finding";
import type { Level, Rule } from "../../core/rules/rule";
import { viewOf } from "../../core/session/event-view";
import { createRuleEngine } from "../../core/rules/rule-engine";
import { createTypeUsages, type TypeUsage } from "../../core/rules/type-usage";
import type { Entry } from "../../core/session/session-log";
import type { Session } from "../session/session";
import { createFindingsLook, type FindingsLook } from "./findings-look";
import type { Mutes } from "./mutes";

/** All that was found so far. A new object, and new findings in it, each time there was more. */
type FoundSoFar = {
  /** The most serious first, then in the order in which they began. */
  readonly findings: readonly Finding[];
  /** The types of app messages that were seen. */
  readonly types: readonly TypeUsage[];
  /** The rules that were applied: those that need a baseline only where there is one. */
  readonly rules: readonly Rule[];
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

/** Long enough to be of use, short enough that no one waits for it. */
const SLICE_MS = 8;
/** A list that changes more often than this can only be seen to flicker. */
const SHOW_EVERY_MS = 500;
/** So often it is looked whether something has waited too long. */
const LOOK_EVERY_MS = 1_000;

const RANK: Readonly<Record<Level, number>> = { error: 0, warning: 1, info: 2 };

const NONE: readonly Finding[] = [];

/** Goes through the log of a session with all rules, once; with those that compare with a baseline if there is one. */
function readerOf(session: Session, baseline: Contract | undefined) {
  const { deliveries, log } = session;
  const rules = rulesWith(baseline);
  const engine = createRuleEngine(
    (callId) => session.callOf(callId)?.history,
    rules,
    createEnds(log, deliveries),
  );
  const usages = createTypeUsages();
  const generation = session.generation.peek();
  /** The index of the next entry to look at, and how many were. */
  let [next, events] = [0, 0];
  const follower = createFollower<Entry>({
    take(entry) {
      const seen = engine.take(viewOf(entry, session.callOf(entry.event.callId)));
      if (seen) usages.take(seen);
      next = entry.index + 1;
      events++;
    },
    // Another list is read by another reader, and what was found in events that are gone stays found.
    startOver() {},
    dropBefore() {},
  });
  return {
    engine,
    rules,
    types: usages.list,
    /** How many events were looked at. */
    events: () => events,
    /** Whether this is still the log to read: another session may be shown, or events cut out of this one. */
    isOf: (latest: Session, latestBaseline: Contract | undefined) =>
      latest === session && latest.generation.peek() === generation && latestBaseline === baseline,
    /**
     * Reads on for some milliseconds, and at the end looks at what time and other pages tell by `now` (epoch ms). Returns
     * whether it came through.
     */
    read(now: number): boolean {
      const end = performance.now() + SLICE_MS;
      const isTimeUp = () => performance.now() > end;
      if (!follower.advance(log.entries, isTimeUp)) return false;
      // Who hasn't been asked yet whether it got a message must not seem not to have got it.
      return deliveries.advance(isTimeUp) && engine.look(now, isTimeUp);
    },
    isAtEnd: () => next > (log.entries.at(-1)?.index ?? -1),
  };
}

/**
 * What is wrong in a session, kept up to date. Each event is looked at once; all over again only when another session is
 * shown, events were cut out of it, or it is compared with another baseline. Long work is done in slices, `later` being how the next one is asked for.
 */
export function createFindings(
  session: ReadonlySignal<Session>,
  mutes: Mutes,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
  clock: () => number = Date.now,
  baseline: ReadonlySignal<Contract | undefined> = signal(undefined),
): Findings {
  let reader = readerOf(session.peek(), baseline.peek());
  const current = signal<FoundSoFar>({
    findings: NONE,
    types: [],
    rules: reader.rules,
    events: 0,
    isComplete: true,
  });

  /** Asks for something to be done after a while; once, however often it is asked for until then. */
  function delayed(run: () => void, delayMs: number): () => void {
    let isAsked = false;
    return () => {
      if (isAsked) return;
      isAsked = true;
      later(() => {
        isAsked = false;
        run();
      }, delayMs);
    };
  }
  const goOn = delayed(advance, 0);
  const lookLater = delayed(advance, LOOK_EVERY_MS);

  function advance(): void {
    const latest = session.peek();
    if (!reader.isOf(latest, baseline.peek())) {
      reader = readerOf(latest, baseline.peek());
      shownRevision = -1;
      // What was shown of another log must not stay any longer.
      isShowing = false;
      isStale = false;
    }
    const isComplete = reader.read(nowOf(latest));
    show(isComplete);
    if (!isComplete) goOn();
    else if (reader.engine.isWaiting() && !latest.source) lookLater();
  }

  /** Of a recording, when it was made. */
  const nowOf = ({ source }: Session) => (source ? Date.parse(source.recordedAt) : clock());

  let shownRevision = -1;
  let isShowing = false;
  let isStale = false;

  function show(isComplete: boolean): void {
    const before = current.peek();
    const { engine, rules, types } = reader;
    const events = reader.events();
    const isSame =
      shownRevision === engine.revision() || before.findings.length + engine.findings.size === 0;
    const isSameTotal = before.events === events && before.rules === rules;
    if (isSame && isSameTotal && before.isComplete === isComplete) return;
    if (isShowing) {
      isStale = true;
      return;
    }
    shownRevision = engine.revision();
    const findings = isSame ? before.findings : sorted(engine.findings);
    current.value = { findings, types: types(), rules, events, isComplete };
    isShowing = true;
    later(() => {
      isShowing = false;
      if (!isStale) return;
      isStale = false;
      show(reader.isAtEnd());
    }, SHOW_EVERY_MS);
  }

  effect(() => {
    const shown = session.value;
    void [shown.counts.value, shown.generation.value, baseline.value];
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
      return reader.engine.findingsOf(callId, seq).flatMap((id) => byId.get(id) ?? []);
    },
  };
}

const sorted = (findings: ReadonlyMap<string, Finding>): Finding[] =>
  [...findings.values()]
    .map((finding) => ({ ...finding }))
    .sort((a, b) => RANK[a.rule.level] - RANK[b.rule.level] || a.firstAt - b.firstAt);
