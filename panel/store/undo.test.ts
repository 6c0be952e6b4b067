import { expect, test } from "vitest";

import type { CommandAction } from "../../extension/protocol/command";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "./session-text";
import { undoOf } from "./undo";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** The undo of the call that is the nth event of a session text. */
function undo(action: CommandAction, nth: number, text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, event);
  const sent = { commandId: "c", callId: CALL_ID, action };
  return undoOf(sent, log.entries[nth - 1], log.calls.get(CALL_ID));
}
const room: CommandAction = {
  kind: "set-meeting-session-data",
  json: '{"a":2}',
  mergeStrategy: "shallow-merge",
  keysToDelete: [],
};
const own: CommandAction = { kind: "set-user-data", json: "2" };
const JOINED = `0 created\n1 joined Ada with Bob`;
const WROTE = `${JOINED}\n2 session-state {"a":1}\n3 session-data shallow-merge {"a":2}`;
const SYNCED = `${WROTE}\n999 session-state {"a":2}`;

test("a write is undone while the room is as it made it", () => {
  expect(undo(room, 4, SYNCED)).toEqual({ ok: true, action: { ...room, json: '{"a":1}' } });
});

test("own user data is put back to what it was", () => {
  const text = `${JOINED}\n2 updated Ada 1\n3 user-data 2\n4 settles 4 resolved object\n5 updated Ada 2`;
  expect(undo(own, 4, text)).toEqual({ ok: true, action: { ...own, json: "1" } });
});

test.each([
  ["a write that waits", room, 4, WROTE, "It waits for the next sync"],
  ["an overwritten one", room, 4, `${SYNCED}\n2000 session-state {"a":3}`, "somebody else wrote"],
  [
    "one beside which the room changed",
    room,
    4,
    `${SYNCED}\n60000 session-state {"a":2,"b":1}`,
    "The room has changed since",
  ],
  ["one that the page never made", room, 9, SYNCED, "It has not come back from the page yet."],
  [
    "a message",
    { kind: "send-app-message", json: "1", to: "*" },
    1,
    JOINED,
    "cannot be taken back",
  ],
  ["user data that is not settled", own, 3, `${JOINED}\n2 user-data 2`, "It has not settled yet."],
  [
    "refused user data",
    own,
    3,
    `${JOINED}\n2 user-data 2\n3 settles 3 rejected too large`,
    "It was refused",
  ],
  [
    "user data that is only stored",
    own,
    2,
    `0 created\n2 user-data 2\n3 settles 2 resolved undefined`,
    "only stored for the next join",
  ],
] as const)("%s cannot be undone, and says why", (_, action, nth, text, reason) => {
  expect(undo(action, nth, text)).toMatchObject({
    ok: false,
    reason: expect.stringContaining(reason) as string,
  });
});
