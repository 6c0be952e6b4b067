import { expect, test } from "vitest";

import type { Finding } from "../domain/rules/finding";
import { ALL_RULES } from "../domain/rules/all-rules";
import { createRuleEngine } from "../domain/rules/rule-engine";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "./session-text";

/** What is found in a session text once everything has had its time. */
export function findingsIn(text: string): Finding[] {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  const engine = createRuleEngine((callId) => log.calls.get(callId)?.history);
  const events = session(text);
  for (const event of events) {
    append(log, "page", event);
    engine.take(event, "page");
    engine.look(event.at);
  }
  engine.look((events.at(-1)?.at ?? 0) + 60_000);
  return [...engine.findings.values()];
}

test.each(ALL_RULES)("$id fires, and near it does not", ({ id, example, tell }) => {
  const found = findingsIn(example.fires).find(({ rule }) => rule.id === id);
  if (!found) throw new Error(`${id} did not fire`);
  expect(found.callId.startsWith(CALL_ID)).toBe(true);
  expect(found.firstSeqs.length).toBeGreaterThan(0);
  expect(tell(found, (name) => name)).not.toMatch(/undefined|NaN|\[object/);
  const near = findingsIn(example.passes).map(({ rule }) => rule.id);
  expect(near).not.toContain(id);
});

test("rules have names of their own and say everything in sentences", () => {
  expect(new Set(ALL_RULES.map(({ id }) => id)).size).toBe(ALL_RULES.length);
  for (const { title, why, advice, docs } of ALL_RULES) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z`a-z].*\.$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
    expect(docs).toMatch(/^https:\/\/docs\.daily\.co\/[a-z]/);
  }
});
