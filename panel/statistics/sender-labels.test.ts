import { expect, test } from "vitest";

import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { nameSenders } from "./sender-labels";
import { CALL_ID, session } from "../../core/testing/session-text";

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
  expect(keys.slice(0, 3).map(wordFor)).toEqual(["Bob", "id-hugo", "0a1b2c3d-4e5f"]);
});
