import { expect, test } from "vitest";

import type { CommandAction } from "../../extension/protocol/command";
import { statusOf } from "../../core/session/row-status";
import {
  append,
  clearEntries,
  createSessionLog,
  openDocument,
} from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { undoOf } from "../session/undo";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
/** What marks a call as the outcome of a command. */
const PANEL = { by: "panel", commandId: "c" } as const;

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

test.each([
  [room, SYNCED, 4, "synced", '{"a":1}'],
  [
    own,
    `${JOINED}\n2 updated Ada 1\n3 user-data 2\n4 settles 4 resolved object\n5 updated Ada 2`,
    4,
    "set",
    "1",
  ],
])(
  "what the panel wrote is undone after a clear of the log, too",
  (action, text, nth, label, json) => {
    const log = createSessionLog();
    openDocument(log, PAGE);
    for (const event of session(text))
      append(log, PAGE.documentId, event.seq === nth ? { ...event, ...PANEL } : event);
    const outcome = log.outcomes.get("c");
    clearEntries(log);
    clearEntries(log);
    const call = log.calls.get(CALL_ID);
    expect(outcome && statusOf(outcome, call?.history, 0)?.label).toBe(label);
    const asked = undoOf({ commandId: "c", callId: CALL_ID, action }, outcome, call);
    expect(asked).toEqual({ ok: true, action: { ...action, json } });
  },
);

test("a write of the panel that waited when the log was cleared is still followed", () => {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(WROTE))
    append(log, PAGE.documentId, event.seq === 4 ? { ...event, ...PANEL } : event);
  clearEntries(log);
  const [state] = session(`999 session-state {"a":2}`, CALL_ID, 5);
  if (state) append(log, PAGE.documentId, state);
  const asked = undoOf(
    { commandId: "c", callId: CALL_ID, action: room },
    log.outcomes.get("c"),
    log.calls.get(CALL_ID),
  );
  expect(asked).toEqual({ ok: true, action: { ...room, json: '{"a":1}' } });
});

test.each([
  [room, SYNCED, 4],
  [
    own,
    `${JOINED}\n2 updated Ada 1\n3 user-data 2\n4 settles 4 resolved object\n5 updated Ada 2`,
    4,
  ],
])(
  "of a call of the page that was cleared from the log nothing is made up",
  (action, text, nth) => {
    const log = createSessionLog();
    openDocument(log, PAGE);
    for (const event of session(text)) append(log, PAGE.documentId, event);
    const outcome = log.entries[nth - 1];
    clearEntries(log);
    const call = log.calls.get(CALL_ID);
    expect(outcome && statusOf(outcome, call?.history, 0)?.label).toBe("cleared from the log");
    expect(undoOf({ commandId: "c", callId: CALL_ID, action }, outcome, call)).toEqual({
      ok: false,
      reason: "The log was cleared, so what it changed is not known any more.",
    });
  },
);
