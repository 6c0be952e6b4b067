import type { PageEvent } from "../../extension/protocol/event";
import { createDeliveries } from "../delivery/deliveries";
import { createEnds } from "../delivery/ends";
import type { Contract } from "../contract/contract";
import { rulesWith } from "../rules/baseline-rules";
import type { Finding } from "../rules/finding";
import { createRuleEngine } from "../rules/rule-engine";
import { viewOf } from "../session/event-view";
import { createSessionLog, type Entry } from "../session/session-log";
import { appendTo } from "./log-of-text";
import { seatOf, session } from "./session-text";

/** So many lines of a session text, numbered from 1. */
export const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");

/**
 * What is found in a session, as text or as events, once everything has had its time: as it happens, or in a recording,
 * all at once, and compared with a baseline if there is one. Rules look at the events of the page; those of seats are there for what they tell of its messages.
 */
export function findingsIn(
  text: string | readonly PageEvent[],
  how: "live" | "recorded" = "live",
  baseline?: Contract,
): Finding[] {
  const log = createSessionLog();
  const deliveries = createDeliveries(log);
  const engine = createRuleEngine(
    (callId) => log.calls.get(callId)?.history,
    rulesWith(baseline),
    createEnds(log, deliveries),
  );
  const events = typeof text === "string" ? session(text) : text;

  function take(entry: Entry): void {
    const { event } = entry;
    if (seatOf(event) === undefined) engine.take(viewOf(entry, log.calls.get(event.callId)));
  }
  function look(now: number): void {
    while (!deliveries.advance(() => false));
    engine.look(now);
  }

  if (how === "live")
    for (const event of events) {
      take(appendTo(log, event));
      look(event.at);
    }
  else for (const entry of events.map((event) => appendTo(log, event))) take(entry);
  look(Math.max(0, ...events.map(({ at }) => at)) + 60_000);
  return [...engine.findings.values()];
}

/** What the findings of one rule say. Names are written as in the text. */
export const toldBy = (ruleId: string, text: string | readonly PageEvent[]): string[] =>
  findingsIn(text)
    .filter(({ rule }) => rule.id === ruleId)
    .map((finding) => finding.rule.tell(finding, (id) => id.replace(/^id-/, "")));
