import { signal } from "@preact/signals";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import type { Command } from "../../extension/protocol/command";
import { applyUpdate, type SessionData, smallestUpdate } from "../../core/daily/merge";
import { roomAfter, roomAhead } from "../../core/daily/room-ahead";
import { createCommands } from "../session/commands";
import { actionOf, afterSending } from "./draft-action";
import { conflictingKeys, newsFor, rebase } from "./draft-conflicts";
import type { Draft, DraftKind, SessionDraft } from "../session/draft";
import { createDrafts } from "./drafts";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

function logOf(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, event);
  const call = log.calls.get(CALL_ID);
  if (!call) throw new Error("no call");
  return { log, call };
}
const KIND = "set-meeting-session-data";
const draft = (part: Partial<SessionDraft>): SessionDraft => ({
  ...createDrafts()[KIND].value,
  ...part,
});
const record = fc.dictionary(fc.constantFrom("a", "b", "constructor", "__proto__"), fc.nat(2));

describe("a draft becomes a command", () => {
  const { call } = logOf(`0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":2}`);
  const action = (kind: DraftKind, part: object) =>
    actionOf({ ...createDrafts()[kind].value, ...part } as Draft, call.history);

  test("to everyone, to one, to several, as text", () => {
    expect(action("send-app-message", { text: " { } " })).toMatchObject({
      action: { json: "{}", to: "*" },
    });
    expect(action("send-app-message", { text: "1", to: ["x"] })).toMatchObject({
      action: { to: "x" },
    });
    expect(action("send-app-message", { text: "1", to: ["x", "y"] })).toMatchObject({
      action: { to: ["x", "y"] },
    });
    expect(action("send-app-message", { text: "{no", isRaw: true })).toMatchObject({
      action: { json: '"{no"' },
    });
  });

  test("an edit of the whole sends only what it changed", () => {
    const edited = action("set-meeting-session-data", {
      text: '{"a":1,"c":3}',
      base: { a: 1, b: 2 },
    });
    expect(edited).toMatchObject({
      action: { json: '{"c":3}', mergeStrategy: "shallow-merge", keysToDelete: ["b"] },
    });
  });

  test.each([
    ["set-meeting-session-data", { text: "[1]" }, "Session data must be an object"],
    ["receive-app-message", { text: "1" }, "Select a sender"],
    ["set-user-data", { text: "{" }, "Close brace expected."],
  ] as const)("%s of %j is not ready", (kind, part, reason) => {
    expect(action(kind, part)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
  });

  test("the smallest update turns any state into any other", () => {
    fc.assert(
      fc.property(record, record, (before: SessionData, after: SessionData) => {
        expect(applyUpdate(before, smallestUpdate(before, after))).toEqual(after);
      }),
    );
  });

  test("what others wrote since is noticed, and a rebase keeps both", () => {
    const { call: later } = logOf(
      `0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":2}\n3 session-state {"a":1,"b":3}`,
    );
    const edit = draft({ text: '{"a":9,"b":2}', base: { a: 1, b: 2 } });
    expect(newsFor(edit, later.history)).toEqual(["b"]);
    const rebased = rebase(edit, later.history);
    expect(JSON.parse(rebased.text)).toEqual({ a: 9, b: 3 });
    expect(newsFor(rebased, later.history)).toEqual([]);
  });

  test("where both changed a key, a rebase takes the side that was chosen", () => {
    const { call: later } = logOf(
      `0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":2,"c":3}\n3 session-state {"a":5,"b":3,"c":4}`,
    );
    const edit = draft({ text: '{"a":9,"c":3}', base: { a: 1, b: 2, c: 3 } });
    expect(conflictingKeys(edit, later.history)).toEqual(["a", "b"]);
    const rebased = (theirs?: readonly string[]) =>
      JSON.parse(rebase(edit, later.history, new Set(theirs)).text) as unknown;
    expect(rebased()).toEqual({ a: 9, c: 4 });
    expect(rebased(["a"])).toEqual({ a: 5, c: 4 });
    expect(rebased(["a", "b"])).toEqual({ a: 5, b: 3, c: 4 });
  });

  test("what waits of this page counts as there, so that an edit of the room does not undo it", () => {
    const { call: later } = logOf(
      `0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":{"x":0}}\n3 session-data shallow-merge {"b":{"x":1}}`,
    );
    const { session: room } = later.history;
    expect(roomAhead(room)).toEqual({ a: 1, b: { x: 1 } });
    const update = { strategy: "shallow-merge" as const, data: { a: 2 }, keysToDelete: [] };
    expect(roomAfter(room, update)).toMatchObject({ after: { a: 2, b: { x: 1 } } });
    const edit = draft({ text: '{"a":2,"b":{"x":0}}', base: { a: 1, b: { x: 0 } } });
    expect(newsFor(edit, later.history)).toEqual(["b"]);
    expect(conflictingKeys(edit, later.history)).toEqual([]);
    const rebased = rebase(edit, later.history);
    expect(actionOf(rebased, later.history)).toMatchObject({
      json: '{"a":2}',
    });
  });

  test("what was sent, and what others changed before, is no news to the edit that goes on", () => {
    const begun = `0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":2}\n3 session-state {"a":1,"b":3}`;
    const { history } = logOf(begun).call;
    const edit = draft({ text: '{"a":2,"b":2}', base: { a: 1, b: 2 } });
    const asked = actionOf(edit, history);
    if (!asked.ok) throw new Error(asked.reason);
    const sent = afterSending(edit, asked, history) as SessionDraft;
    expect(JSON.parse(sent.text)).toEqual({ a: 2, b: 3 });
    const later = logOf(`${begun}\n4 session-data shallow-merge {"a":2}`).call.history;
    expect(newsFor(sent, later)).toEqual([]);
    const again = { ...sent, text: '{"a":3,"b":3}' };
    expect(actionOf(again, later)).toMatchObject({ json: '{"a":3}' });
    const theirs = logOf(`${begun}\n4 session-state {"a":7,"b":3}`).call.history;
    expect(actionOf(again, theirs)).toMatchObject({
      ok: false,
      reason:
        "You and someone else both changed a: choose which value stays, then apply your edit.",
    });
  });

  test("a replace, too, waits for the choice whose value stays, and is what the edit goes on from", () => {
    const { history } = logOf(
      `0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":2}\n3 session-state {"a":5,"b":3}`,
    ).call;
    const edit = draft({
      text: '{"a":9,"b":2}',
      base: { a: 1, b: 2 },
      mergeStrategy: "replace",
    });
    expect(actionOf(edit, history)).toMatchObject({ ok: false });
    const rebased = rebase(edit, history);
    expect(actionOf(rebased, history)).toMatchObject({ json: '{"a":9,"b":3}' });

    const beside = { ...edit, text: '{"a":5,"b":2,"c":1}', base: { a: 5, b: 2 } };
    const asked = actionOf(beside, history);
    if (!asked.ok) throw new Error(asked.reason);
    const sent = afterSending(beside, asked, history);
    expect(sent).toMatchObject({ text: beside.text, base: { a: 5, b: 2, c: 1 } });
  });

  test("an edit of the room that is no object yet is asked about, and nothing breaks", () => {
    const { call: later } = logOf(`0 created\n1 joined Ada with Bob\n2 session-state {"b":2}`);
    for (const text of ["null", "[1]", "7", "{"]) {
      const edit = draft({ text, base: { b: 1 } });
      expect(newsFor(edit, later.history)).toEqual(["b"]);
      expect(conflictingKeys(edit, later.history)).toEqual([]);
      expect(rebase(edit, later.history)).toBe(edit);
    }
  });
});

describe("sending", () => {
  function setup(text = "0 created\n1 joined Ada with Bob") {
    const { log, call } = logOf(text);
    const timers: (() => void)[] = [];
    const isLive = signal(true);
    const out = vi.fn<(documentId: string, command: Command) => boolean>(() => true);
    const commands = createCommands(log, out, isLive, (run) => timers.push(run));
    const action = { kind: "send-app-message", json: "1", to: "*" } as const;
    return { isLive, log, call, timers, out, commands, action };
  }

  test("says why not before it sends", () => {
    const { log, call, commands, action, out, isLive } = setup("0 created");
    const reason = (through: typeof call | undefined) => {
      const sent = commands.send(through, action);
      return sent.ok ? undefined : sent.reason;
    };
    expect(reason(undefined)).toBe("There is no call on this page.");
    expect(reason(call)).toContain("The call has not joined yet.");
    const page = log.documents.get("page");
    if (page) page.isConnected = false;
    expect(reason(call)).toBe("The page is reloading or gone.");
    isLive.value = false;
    expect(reason(call)).toContain("This is a recording");
    expect(commands.whyNot(action.kind, call)).toContain("This is a recording");
    expect(out).not.toHaveBeenCalled();
  });

  test("repeats so often, and no more", () => {
    const { call, timers, out, commands, action } = setup();
    commands.repeat(call, action, 3, 100);
    while (timers.length > 0) timers.shift()?.();
    expect(out).toHaveBeenCalledTimes(3);
    commands.repeat(call, action, 1e9, 0);
    while (timers.length > 0) timers.shift()?.();
    expect(out).toHaveBeenCalledTimes(103);
  });

  test("a run is one command in the list, whatever else is sent in between", () => {
    const { call, timers, commands, action } = setup();
    commands.send(call, { ...action, json: "0" });
    commands.repeat(call, action, 100, 50);
    timers.shift()?.();
    commands.send(call, { ...action, json: "2" });
    while (timers.length > 0) timers.shift()?.();
    const listed = commands.sent.value.map(({ action: { json }, run }) => [json, run?.times]);
    expect(listed).toEqual([
      ["0", undefined],
      ["1", 100],
      ["2", undefined],
    ]);
  });

  test("goes on with a run while a recording is shown", () => {
    const { call, timers, out, commands, action, isLive } = setup();
    commands.repeat(call, action, 2, 100);
    isLive.value = false;
    while (timers.length > 0) timers.shift()?.();
    expect(out).toHaveBeenCalledTimes(2);
  });

  test("stops when told to", () => {
    const { call, timers, out, commands, action } = setup();
    commands.repeat(call, action, 5, 100);
    timers.shift()?.();
    commands.stop();
    while (timers.length > 0) timers.shift()?.();
    expect(out).toHaveBeenCalledTimes(2);
  });
});
