import { expect, test } from "vitest";

import type { Command } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { createCommands } from "./commands";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createUndos } from "./undo";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

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
});
