import { createDeliveries, type Deliveries } from "../delivery/deliveries";
import { createEnds } from "../delivery/ends";
import { createFollower } from "../lib/slices";
import type { Contract } from "../contract/contract";
import { rulesWith } from "./baseline-rules";
import type { Finding } from "./finding";
import type { Level } from "./rule";
import { createRuleEngine } from "./rule-engine";
import { createTypeUsages, type TypeUsage } from "./type-usage";
import { viewOf } from "../session/event-view";
import type { Entry, SessionLog } from "../session/session-log";

export const RANK: Readonly<Record<Level, number>> = { error: 0, warning: 1, info: 2 };

export type Judge = {
  readonly deliveries: Deliveries;
  /** Takes in what was appended to the log, and looks at it as of a time (epoch ms). */
  advance(now: number): void;
  /** What was found by then, the most serious first, then in the order in which it began. */
  findings(): readonly Finding[];
  /** Ids of the findings that an event belongs to. */
  findingsOf(callId: string, seq: number): readonly string[];
  types(): readonly TypeUsage[];
};

/**
 * Applies all rules to a log, as the Findings tab of the panel does: to the events that aren't of seats. With a baseline,
 * those, too, that compare with it.
 */
export function createJudge(log: SessionLog, baseline?: Contract): Judge {
  const deliveries = createDeliveries(log);
  const ends = createEnds(log, deliveries);
  const engine = createRuleEngine(
    (callId) => log.calls.get(callId)?.history,
    rulesWith(baseline),
    ends,
  );
  const usages = createTypeUsages();
  const follower = createFollower<Entry>({
    take(entry) {
      const seen = engine.take(viewOf(entry, log.calls.get(entry.event.callId)));
      if (seen) usages.take(seen);
    },
    startOver() {},
    dropBefore() {},
  });
  const never = () => false;

  return {
    deliveries,
    advance(now) {
      follower.advance(log.entries, never);
      // What isn't paired yet must not seem not to have arrived.
      while (!deliveries.advance(never));
      engine.look(now);
    },
    findings: () =>
      [...engine.findings.values()].sort(
        (a, b) => RANK[a.rule.level] - RANK[b.rule.level] || a.firstAt - b.firstAt,
      ),
    findingsOf: (callId, seq) => engine.findingsOf(callId, seq),
    types: usages.list,
  };
}
