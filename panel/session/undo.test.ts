import { expect, test } from "vitest";

import type { Command, CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { statusOf } from "../../core/session/row-status";
import {
  append,
  clearEntries,
  createSessionLog,
  openDocument,
} from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createCommands, type SentCommand } from "./commands";
import { createUndos, undoOf } from "./undo";

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

const BOTH = `${JOINED}\n2 session-state {"a":1,"b":1}`;

test.each([
  [
    "changed another key",
    `${BOTH}\n3 session-state {"a":1,"b":99}\n300 session-data shallow-merge {"a":2}\n999 session-state {"a":2,"b":99}`,
    5,
  ],
  [
    "added a key",
    `${BOTH}\n3 session-data shallow-merge {"a":2}\n300 session-state {"a":1,"b":1,"c":9}\n999 session-state {"a":2,"b":1,"c":9}`,
    4,
  ],
  [
    "arrived in the same state",
    `${BOTH}\n3 session-data shallow-merge {"a":2}\n999 session-state {"a":2,"b":99,"c":9}`,
    4,
  ],
  [
    "was of this page, just before",
    `${BOTH}\n3 session-data shallow-merge {"b":99}\n4 session-data shallow-merge {"a":2}\n999 session-state {"a":2,"b":99}`,
    5,
  ],
  [
    "was of this page, just after",
    `${BOTH}\n3 session-data shallow-merge {"a":2}\n4 session-data shallow-merge {"b":99}\n999 session-state {"a":2,"b":99}`,
    4,
  ],
  [
    "came later and went on",
    `${BOTH}\n3 session-data shallow-merge {"a":2}\n999 session-state {"a":2,"b":1}\n1100 session-state {"a":2,"b":2}\n9000 session-data shallow-merge {"b":3}`,
    4,
  ],
])("an undo leaves alone what someone else wrote: it %s", (_, text, nth) => {
  expect(undo(room, nth, text)).toEqual({ ok: true, action: { ...room, json: '{"a":1}' } });
});

test("a key that was not there is deleted, and one that was deleted comes back", () => {
  const added = `${JOINED}\n2 session-state {"b":1}\n3 session-data shallow-merge {"a":2}\n999 session-state {"a":2,"b":1}`;
  expect(undo(room, 4, added)).toEqual({
    ok: true,
    action: { ...room, json: "{}", keysToDelete: ["a"] },
  });
  const gone = `${BOTH}\n3 session-data shallow-merge {} without b\n999 session-state {"a":1}`;
  expect(undo(room, 4, gone)).toMatchObject({ action: { json: '{"b":1}', keysToDelete: [] } });
});

test("of a replace every key comes back that it changed or dropped, and no other is touched", () => {
  const text = `${JOINED}\n2 session-state {"a":1,"b":1,"same":1}\n3 session-data replace {"a":2,"same":1,"new":1}\n999 session-state {"a":2,"same":1,"new":1}\n2000 session-state {"a":2,"same":5,"new":1,"theirs":1}`;
  expect(undo({ ...room, mergeStrategy: "replace" }, 4, text)).toEqual({
    ok: true,
    action: { ...room, json: '{"a":1,"b":1}', keysToDelete: ["new"] },
  });
});

test("what this page had set ahead of it in the same sync comes back", () => {
  const text = `${BOTH}\n3 session-data replace {"a":7}\n4 session-data shallow-merge {"a":2}\n999 session-state {"a":2}`;
  expect(undo(room, 5, text)).toMatchObject({ action: { json: '{"a":7}', keysToDelete: [] } });
});

test("own user data is put back to what it was", () => {
  const text = `${JOINED}\n2 updated Ada 1\n3 user-data 2\n4 settles 4 resolved object\n5 updated Ada 2`;
  expect(undo(own, 4, text)).toEqual({ ok: true, action: { ...own, json: "1" } });
});

const STORED = `0 created\n1 user-data 1\n2 settles 2 resolved undefined`;

test("user data that the join took along is put back to what it was, or cleared", () => {
  const joined = `${STORED}\n3 joined Ada having 1 with Bob`;
  expect(undo({ ...own, json: "1" }, 2, joined)).toEqual({
    ok: true,
    action: { ...own, json: null },
  });
  const twice = `${STORED}\n3 user-data 2\n4 settles 4 resolved undefined\n5 joined Ada having 2`;
  expect(undo(own, 4, twice)).toEqual({ ok: true, action: { ...own, json: "1" } });
  expect(undo({ ...own, json: "1" }, 2, twice)).toMatchObject({
    reason: "A later value replaced it before it went out, so there is nothing to undo.",
  });
  expect(undo({ ...own, json: "1" }, 2, `${joined}\n9 updated Ada 5`)).toMatchObject({
    reason: "The user data has changed since.",
  });
});

test.each([
  ["a write that waits", room, 4, WROTE, "It waits for the next sync"],
  [
    "an overwritten one",
    room,
    4,
    `${SYNCED}
1500 session-state {"a":3}`,
    "a changed since",
  ],
  [
    "one whose key changed much later",
    room,
    4,
    `${SYNCED}\n60000 session-state {"a":3,"b":1}`,
    "a changed since then. Undo would overwrite that.",
  ],
  [
    "one whose key is about to change",
    room,
    4,
    `${SYNCED}\n2000 session-data replace {"b":1}`,
    "Another write of a waits for the sync",
  ],
  [
    "one that went out with a later write of its key",
    room,
    4,
    `${WROTE}\n4 session-data shallow-merge {"a":3}\n999 session-state {"a":3}`,
    "a changed since",
  ],
  [
    "one that changed nothing",
    room,
    4,
    `${JOINED}\n2 session-state {"a":2}\n3 session-data shallow-merge {"a":2}\n999 session-state {"a":2}`,
    "It changed nothing",
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

test("an undo is told from other commands, and says why it did not happen while that holds", () => {
  const log = createSessionLog();
  openDocument(log, PAGE);
  const out: Command[] = [];
  const commands = createCommands(log, (_, command) => out.push(command) > 0);
  const undos = createUndos(commands, log.outcomes);
  const take = (events: readonly PageEvent[], part: object = {}) => {
    for (const event of events) append(log, PAGE.documentId, { ...event, ...part });
    const call = log.calls.get(CALL_ID);
    if (!call) throw new Error("no call");
    return call;
  };

  const call = take(session(`0 created\n1 joined Ada\n2 session-state {"a":1}`));
  const action = { kind: "set-meeting-session-data", json: '{"a":2}' } as const;
  const sent = commands.send(call, { ...action, mergeStrategy: "shallow-merge", keysToDelete: [] });
  const [first] = commands.sent.value;
  if (!first || !sent.ok) throw new Error("nothing sent");
  const { commandId } = sent;
  take(session(`3 session-data shallow-merge {"a":2}`, CALL_ID, 4), { by: "panel", commandId });
  expect(undos.undo(first, call)).toMatchObject({
    reason: expect.stringContaining("It waits for the next sync") as string,
  });
  expect(undos.whyNot(first, call)).toContain("It waits for the next sync");

  take(session(`900 session-state {"a":2}`, CALL_ID, 5));
  expect(undos.whyNot(first, call)).toBeUndefined();
  expect(undos.undo(first, call)).toEqual({ ok: true, commandId: out.at(-1)?.commandId });
  expect(out.at(-1)?.action.json).toBe('{"a":1}');
  expect(commands.sent.value.map(undos.isUndo)).toEqual([false, true]);

  const isUndone = () => commands.sent.value.map((each) => undos.isUndone(each, call));
  const obey = (json: string, seq: number) => {
    const told = { by: "panel", commandId: out.at(-1)?.commandId };
    take(session(`${seq * 1000} session-data shallow-merge ${json}`, CALL_ID, seq), told);
    take(session(`${seq * 1000 + 900} session-state ${json}`, CALL_ID, seq + 1));
  };
  obey('{"a":1}', 6);
  expect(isUndone()).toEqual([true, false]);
  expect(undos.undo(commands.sent.value[1] as SentCommand, call).ok).toBe(true);
  obey('{"a":2}', 8);
  expect(isUndone()).toEqual([false, true, false]);
});

/** What marks a call as the outcome of a command. */
const PANEL = { by: "panel", commandId: "c" } as const;

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
