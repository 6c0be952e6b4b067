import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import type { Command } from "../../extension/protocol/command";
import { leafPaths, valueAt, withValueAt } from "../domain/leaf-paths";
import { applyUpdate, type SessionData } from "../domain/merge";
import { createCommands } from "./commands";
import { copyForms } from "./copy-as";
import { actionOf, changedSince, rebase, smallestUpdate } from "./draft-action";
import { createDrafts } from "./drafts";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "./session-text";
import { createSnippets } from "./snippets";
import { undoOf } from "./undo";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

function logOf(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, event);
  const call = log.calls.get(CALL_ID);
  if (!call) throw new Error("no call");
  return { log, call };
}
const draft = (part: object) => ({ ...createDrafts()["send-app-message"].value, ...part });
const record = fc.dictionary(fc.constantFrom("a", "b", "constructor", "__proto__"), fc.nat(2));

describe("a draft becomes a command", () => {
  const { call } = logOf(`0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":2}`);
  const action = (kind: Parameters<typeof actionOf>[0], part: object) =>
    actionOf(kind, draft(part), call.history);

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
    ["receive-app-message", { text: "1" }, "Choose from whom"],
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
    expect(changedSince(edit, later.history)).toEqual(["b"]);
    const rebased = rebase(edit, later.history);
    expect(JSON.parse(rebased.text)).toEqual({ a: 9, b: 3 });
    expect(changedSince(rebased, later.history)).toEqual([]);
  });
});

describe("sending", () => {
  function setup(text = "0 created\n1 joined Ada with Bob") {
    const { log, call } = logOf(text);
    const timers: (() => void)[] = [];
    const out = vi.fn<(documentId: string, command: Command) => boolean>(() => true);
    const commands = createCommands(log, out, (run) => timers.push(run));
    const action = { kind: "send-app-message", json: "1", to: "*" } as const;
    return { log, call, timers, out, commands, action };
  }

  test("says why not before it sends", () => {
    const { log, call, commands, action, out } = setup("0 created");
    expect(commands.send(undefined, action)).toBe("There is no call on this page.");
    expect(commands.send(call, action)).toContain("only while the call is joined");
    const page = log.documents.get("page");
    if (page) page.isConnected = false;
    expect(commands.send(call, action)).toBe("The page of this call is gone.");
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

  test("stops when told to", () => {
    const { call, timers, out, commands, action } = setup();
    commands.repeat(call, action, 5, 100);
    timers.shift()?.();
    commands.stop();
    while (timers.length > 0) timers.shift()?.();
    expect(out).toHaveBeenCalledTimes(2);
  });
});

test("an undo is offered while its target is still current", () => {
  const story = `0 created\n1 joined Ada with Bob\n2 session-state {"a":1}\n3 session-data shallow-merge {"a":2}\n999 session-state {"a":2}`;
  const action = {
    kind: "set-meeting-session-data",
    json: '{"a":2}',
    mergeStrategy: "shallow-merge",
    keysToDelete: [],
  } as const;
  const undo = (text: string) => {
    const { log, call } = logOf(text);
    return undoOf({ commandId: "c", callId: CALL_ID, action }, log.entries[3], call);
  };
  expect(undo(story)).toEqual({ ok: true, action: { ...action, json: '{"a":1}' } });
  expect(undo(`${story}\n60000 session-state {"a":2,"b":1}`)).toEqual({
    ok: false,
    reason: "The room has changed since.",
  });
});

test("a payload is copied as JSON, as the call, and as a request without a key", () => {
  const { log } = logOf(`0 created\n1 send {"it's":1} to Bob`);
  const forms = log.entries[1] ? copyForms(log.entries[1], "https://you.daily.co/qa") : [];
  expect(forms.map(({ text }) => text)).toEqual([
    `{"it's":1}`,
    `call.sendAppMessage({"it's":1}, "id-bob");`,
    `curl -X POST https://api.daily.co/v1/rooms/qa/send-app-message \\
  -H "Authorization: Bearer $DAILY_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"data":{"it'\\''s":1},"recipient":"id-bob"}'`,
  ]);
});

test("snippets are kept, exchanged, and never lost to a broken file", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const snippets = createSnippets(storage);
  const shipped = snippets.list.value.length;
  snippets.save({ name: "Mine", kind: "set-user-data", text: "1" });
  snippets.save({ name: "Mine", kind: "set-user-data", text: "2" });
  expect(createSnippets(storage).list.value.at(-1)).toEqual({
    name: "Mine",
    kind: "set-user-data",
    text: "2",
  });
  for (const broken of [
    "",
    "[]",
    '{"format":"daily-snippets","version":2,"snippets":[]}',
    '{"format":"daily-snippets","version":1,"snippets":[{}]}',
  ]) {
    expect(snippets.import(broken)).toBeDefined();
  }
  expect(snippets.list.value).toHaveLength(shipped + 1);
  expect(
    createSnippets({ getItem: () => null, setItem: () => {} }).import(
      JSON.stringify(snippets.exported()),
    ),
  ).toBeUndefined();
});

test("every leaf of a value can be found and changed, and nothing else changes with it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      for (const path of leafPaths(value).slice(0, 20)) {
        const changed = withValueAt(value, path, "new");
        expect(valueAt(changed, path)).toBe("new");
        expect(withValueAt(changed, path, valueAt(value, path))).toEqual(value);
      }
    }),
  );
});
