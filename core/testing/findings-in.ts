import type { PageEvent } from "../../extension/protocol/event";
import type { Finding } from "../rules/finding";
import { createRuleEngine } from "../rules/rule-engine";
import { viewOf } from "../session/event-view";
import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { session } from "./session-text";

/** So many lines of a session text, numbered from 1. */
export const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");

/** What is found in a session, as text or as events, once everything has had its time: as it happens, or in a recording, all at once. */
export function findingsIn(
  text: string | readonly PageEvent[],
  how: "live" | "recorded" = "live",
): Finding[] {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  const engine = createRuleEngine((callId) => log.calls.get(callId)?.history);
  const events = typeof text === "string" ? session(text) : text;
  if (how === "recorded") for (const event of events) append(log, "page", event);
  for (const [place, event] of events.entries()) {
    if (how === "live") append(log, "page", event);
    engine.take(viewOf(log.entries[place] as Entry, log.calls.get(event.callId)));
    if (how === "live") engine.look(event.at);
  }
  engine.look((events.at(-1)?.at ?? 0) + 60_000);
  return [...engine.findings.values()];
}

/** What the findings of one rule say. Names are written as in the text. */
export const toldBy = (ruleId: string, text: string | readonly PageEvent[]): string[] =>
  findingsIn(text)
    .filter(({ rule }) => rule.id === ruleId)
    .map((finding) => finding.rule.tell(finding, (id) => id.replace(/^id-/, "")));
