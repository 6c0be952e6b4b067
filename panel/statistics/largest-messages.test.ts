import { expect, test } from "vitest";

import type { MessageFact } from "./statistics";
import { largestMessages } from "./largest-messages";
import { messageFact } from "./message-fact";
import { append, createSessionLog, type Entry, openDocument } from "../../core/session/session-log";
import { session } from "../../core/testing/session-text";

function listed(text: string, most = 10): string[] {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  for (const event of session(text)) append(log, "page", event);
  const facts = log.entries
    .map((entry) => messageFact(entry, log.calls.get(entry.event.callId)?.history))
    .filter((fact): fact is MessageFact => fact !== undefined)
    .sort((a, b) => b.chars - a.chars);
  const find = (_: string, seq: number): Entry | undefined =>
    log.entries.find(({ event }) => event.seq === seq);
  const callOf = (callId: string) => log.calls.get(callId);
  return largestMessages(facts, { find, callOf }, most).map(({ fact, to, summary }) =>
    [fact.chars, fact.type, to, summary].filter(Boolean).join(" | "),
  );
}

test("the largest payloads say what is in them and whom they are for", () => {
  const text = `
    0 joined Ada with Bob, Cy
    10 send {"type":"chat","text":"hi"} to Bob
    20 received {"type":"cue"} from Bob
    30 user-data {"hand":true}
  `;
  expect(listed(text)).toEqual([
    `27 | chat | Bob | {text: "hi"}`,
    `14 | cue | Ada (you)`,
    `13 | setUserData() | {hand: true}`,
  ]);
  expect(listed(text, 1)).toHaveLength(1);
});

test("a state that only shows this page's own write is left out", () => {
  expect(
    listed(`
      0 joined Ada
      10 session-data replace {"stage":"Ada"}
      1020 session-state {"stage":"Ada"}
      3000 session-state {"stage":"Bob"}
    `),
  ).toEqual([
    `15 | setMeetingSessionData() | {stage: "Ada"}`,
    `15 | meeting-session-state-updated | {stage: "Bob"}`,
  ]);
});
