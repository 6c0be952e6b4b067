import type { PageEvent } from "../../extension/protocol/event";
import { ALL_RULES } from "../../panel/domain/rules/all-rules";
import type { Rule } from "../../panel/domain/rules/rule";
import { createRuleEngine } from "../../panel/domain/rules/rule-engine";
import { append, createSessionLog, openDocument } from "../../panel/store/session-log";
import { loadEvent } from "./load-event";
import { median, progress, table, whole } from "./report";

const DOCUMENT_ID = "document";
/** As the page's outbox cuts them. */
const BATCH_EVENTS = 512;
const RUNS = 3;

/** Milliseconds: all of the log, and the longest batch with the look that follows it. */
type Cost = { readonly totalMs: number; readonly longestMs: number };

/**
 * What each rule costs an event by itself, more than no rule does, and all of them together. Reading a payload is paid by
 * the first rule that asks, so that each by itself pays for it, and all together pay once.
 */
export function rulesPart(quick: boolean): void {
  const count = quick ? 5_000 : 50_000;
  const events = Array.from({ length: count }, (_, index) => loadEvent(index));
  const log = createSessionLog();
  openDocument(log, { documentId: DOCUMENT_ID, frameId: 0, url: "https://app.example/" });
  for (const event of events) append(log, DOCUMENT_ID, event);

  function costOf(rules: readonly Rule[]): Cost {
    const costs = Array.from({ length: RUNS }, () =>
      run(
        events,
        createRuleEngine((callId) => log.calls.get(callId)?.history, rules),
      ),
    );
    return {
      totalMs: median(costs.map(({ totalMs }) => totalMs)),
      longestMs: Math.max(...costs.map(({ longestMs }) => longestMs)),
    };
  }

  progress(`${ALL_RULES.length} rules over ${whole(count)} events`);
  // What is run first is compiled on the way.
  costOf(ALL_RULES);
  const none = costOf([]);
  const all = costOf(ALL_RULES);
  const micros = (ms: number) => ((ms * 1_000) / count).toFixed(2);
  const each = ALL_RULES.map((rule) => ({
    id: rule.id,
    ms: costOf([rule]).totalMs - none.totalMs,
  })).sort((a, b) => b.ms - a.ms);
  const rows = [
    ["no rule", micros(none.totalMs), none.longestMs.toFixed(1)],
    ["all rules", micros(all.totalMs), all.longestMs.toFixed(1)],
    ...each.map(({ id, ms }) => [`${id}, more than none`, micros(ms), ""]),
  ];
  console.log(`${table(["rules", "µs an event", `longest ${BATCH_EVENTS} events ms`], rows)}\n`);
}

function run(events: readonly PageEvent[], engine: ReturnType<typeof createRuleEngine>): Cost {
  let longestMs = 0;
  const start = performance.now();
  for (let next = 0; next < events.length;) {
    const begin = performance.now();
    for (const event of events.slice(next, next + BATCH_EVENTS)) engine.take(event, DOCUMENT_ID);
    next += BATCH_EVENTS;
    engine.look(events[Math.min(next, events.length) - 1]?.at ?? 0);
    longestMs = Math.max(longestMs, performance.now() - begin);
  }
  return { totalMs: performance.now() - start, longestMs };
}
