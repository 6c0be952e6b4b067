import { expect, test } from "vitest";

import { roomAt } from "../../core/session/room-at";
import { roomValue } from "./room-value";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";

test("a room as data has its session data and the user data of those present, by name", () => {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  for (const event of session(`
    0 joined Ada with Bob, Cy
    10 session-state {"stage":"Ada"}
    20 updated Bob {"hand":true}
    30 left Cy`))
    append(log, "page", event);
  const history = log.calls.get(CALL_ID)?.history;
  expect(history && roomValue(roomAt(history, Infinity))).toEqual({
    session: { stage: "Ada" },
    people: { Ada: null, Bob: { hand: true } },
  });
});
