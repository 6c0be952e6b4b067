import { expect, test } from "vitest";

import { viewOf } from "../../core/session/event-view";
import { append, createSessionLog, type Entry, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { largestMessages, messageOf, nameSenders } from "./messages";

test("senders of one name have their session ids, and are found by them", () => {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  const events = session(`
    0 created
    10 joined Ada with Bob, Hugo
    20 left Hugo
    30 joins Hugo
  `);
  for (const event of events) {
    const isBack = event.kind === "daily-event" && event.name === "participant-joined";
    const participant = isBack && { ...event.participant, session_id: "0a1b2c3d-4e5f" };
    append(log, "page", participant ? { ...event, participant } : event);
  }
  const keys = ["id-bob", "id-hugo", "0a1b2c3d-4e5f", "local", "room"].map(
    (id) => `${CALL_ID} ${id}`,
  );
  const { labelOf, wordFor } = nameSenders(keys, (id) => log.calls.get(id));
  expect(keys.map(labelOf)).toEqual([
    "Bob",
    "Hugo · id-hugo",
    "Hugo · 0a1b2c3d…",
    "Ada (you)",
    "Room",
  ]);
  expect(keys.slice(0, 4).map(wordFor)).toEqual(["Bob", "id-hugo", "0a1b2c3d-4e5f", "Ada"]);
});

function listed(text: string, most = 10): string[] {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  for (const event of session(text)) append(log, "page", event);
  const messages = log.entries
    .map((entry) => messageOf(viewOf(entry, log.calls.get(entry.event.callId))))
    .filter((message) => message !== undefined)
    .sort((a, b) => b.chars - a.chars);
  const find = (_: string, seq: number): Entry | undefined =>
    log.entries.find(({ event }) => event.seq === seq);
  const callOf = (callId: string) => log.calls.get(callId);
  return largestMessages(messages, { find, callOf }, most).map(({ message, to, summary }) =>
    [message.chars, message.type, to, summary].filter(Boolean).join(" | "),
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
