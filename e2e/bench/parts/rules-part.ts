import { ALL_RULES } from "../../../core/rules/all-rules";
import type { Rule, RuleRun } from "../../../core/rules/rule";
import { createRuleEngine, type RuleEngine } from "../../../core/rules/rule-engine";
import { viewOf } from "../../../core/session/event-view";
import { append, createSessionLog, openDocument } from "../../../core/session/session-log";
import { loadEvent } from "../load-event";
import { median, progress, table, whole } from "../report";

const DOCUMENT_ID = "document";
/** As the page's outbox cuts them. */
const BATCH_EVENTS = 512;
const RUNS = 5;

/** Two rules to measure by: the first that asks for the data pays for reading it, and looking at the clock costs, too. */
const READS_ONLY = yardstick("reading the data, once for all rules", (event) => void event.type());
const DOES_NOTHING = yardstick("a rule that does nothing", () => undefined);

/** Milliseconds: all of the log, and the longest batch with the look that follows it. */
type Cost = { readonly totalMs: number; readonly longestMs: number };

/** What it costs an event to look for all that rules know, and how much of it is whose. */
export function rulesPart(quick: boolean): void {
  const count = quick ? 5_000 : 50_000;
  const events = Array.from({ length: count }, (_, index) => loadEvent(index));
  const log = createSessionLog();
  openDocument(log, { documentId: DOCUMENT_ID, frameId: 0, url: "https://app.example/" });
  for (const event of events) append(log, DOCUMENT_ID, event);
  const engineOf = (rules: readonly Rule[]) =>
    createRuleEngine((callId) => log.calls.get(callId)?.history, rules);

  /** Goes through the log in batches, as the panel does. */
  function run(engine: RuleEngine): Cost {
    let longestMs = 0;
    const start = performance.now();
    for (let next = 0; next < events.length; next += BATCH_EVENTS) {
      const begin = performance.now();
      const batch = log.entries.slice(next, next + BATCH_EVENTS);
      for (const entry of batch) engine.take(viewOf(entry, log.calls.get(entry.event.callId)));
      engine.look(batch.at(-1)?.event.at ?? 0);
      longestMs = Math.max(longestMs, performance.now() - begin);
    }
    return { totalMs: performance.now() - start, longestMs };
  }

  /** The first run is to compile what is run, and does not count. */
  function costOf(rules: readonly Rule[]): Cost {
    const [, ...costs] = Array.from({ length: RUNS + 1 }, () => run(engineOf(rules)));
    return {
      totalMs: median(costs.map(({ totalMs }) => totalMs)),
      longestMs: Math.max(...costs.map(({ longestMs }) => longestMs)),
    };
  }

  progress(`${ALL_RULES.length} rules over ${whole(count)} events`);
  const none = costOf([]);
  const all = costOf(ALL_RULES);
  const spent = new Map<Rule, number[]>();
  for (let runs = 0; runs <= RUNS; runs++) {
    const timed = [READS_ONLY, DOES_NOTHING, ...ALL_RULES].map((rule) => withClock(rule));
    run(engineOf(timed.map(({ rule }) => rule)));
    if (runs > 0)
      for (const { of, spentMs } of timed) spent.set(of, [...(spent.get(of) ?? []), spentMs()]);
  }
  const clockMs = median(spent.get(DOES_NOTHING) ?? []);
  const each = [...spent]
    .filter(([rule]) => rule !== DOES_NOTHING)
    .map(([{ id }, ms]) => ({ id, ms: median(ms) - clockMs }))
    .sort((a, b) => b.ms - a.ms);
  const micros = (ms: number) => ((ms * 1_000) / count).toFixed(2);
  const rows = [
    ["no rule", micros(none.totalMs), none.longestMs.toFixed(1)],
    ["all rules", micros(all.totalMs), all.longestMs.toFixed(1)],
    ...each.map(({ id, ms }) => [`of it: ${id}`, micros(Math.max(0, ms)), ""]),
  ];
  console.log(`${table(["rules", "µs an event", `longest ${BATCH_EVENTS} events ms`], rows)}\n`);
}

function yardstick(id: string, event: NonNullable<RuleRun["event"]>): Rule {
  return { ...(ALL_RULES[0] as Rule), id, start: () => ({ event }) };
}

/** The same rule, and what it took so far in ms, with two looks at the clock for each event. */
function withClock(of: Rule): {
  readonly of: Rule;
  readonly rule: Rule;
  readonly spentMs: () => number;
} {
  let spentMs = 0;
  function timed<Args extends unknown[]>(run: ((...args: Args) => void) | undefined) {
    return (...args: Args): void => {
      const start = performance.now();
      run?.(...args);
      spentMs += performance.now() - start;
    };
  }
  const rule: Rule = {
    ...of,
    start(...given) {
      const { event, decided, look } = of.start(...given);
      return { event: timed(event), decided: timed(decided), look: timed(look) };
    },
  };
  return { of, rule, spentMs: () => spentMs };
}
