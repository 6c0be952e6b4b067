import { expect, test } from "vitest";

import { actionOf, afterSending } from "./draft-action";
import { sidesIn } from "../../core/daily/three-way";
import { begun, conflictingKeys, newsFor, rebase, threeWayOf } from "./draft-conflicts";
import { createDrafts, replaced } from "./drafts";
import type { SessionDraft } from "../session/draft";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createStore } from "../shell/store";

const KIND = "set-meeting-session-data";
const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const ROOM = `0 created\n1 joined Ada with Bob\n2 session-state {"a":1,"b":1}`;
const LATER = `${ROOM}\n3 session-state {"a":2,"b":1,"c":1}`;
const SAMPLE = createDrafts()[KIND].value;

function historyOf(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, event);
  const call = log.calls.get(CALL_ID);
  if (!call) throw new Error("no call");
  return call.history;
}
/** A draft with a text that was started while the room was so. */
const typed = (text: string, part: Partial<SessionDraft> = {}, room = ROOM) =>
  start({ ...SAMPLE, text, isTyped: true, ...part }, SAMPLE, historyOf(room));
const start = (...given: Parameters<typeof begun>) => begun(...given) as SessionDraft;

test("what someone wrote since an update was started is named, where it goes over that", () => {
  const later = historyOf(LATER);
  expect(newsFor(typed(`{"a":5}`), later)).toEqual(["a"]);
  expect(newsFor(typed(`{"b":5}`), later)).toEqual([]);
  expect(newsFor(typed(`{"a":2}`), later)).toEqual([]);
  expect(newsFor(typed(`{"a":`), later)).toEqual([]);
  const replace = { mergeStrategy: "replace" } as const;
  expect(newsFor(typed(`{"b":5}`, replace), later)).toEqual(["a", "c"]);
  expect(actionOf(typed(`{"a":5}`), later)).toMatchObject({
    reason:
      "Since you started, someone else changed a: choose which value stays, then apply your edit.",
  });
});

test("both values of a key are there to choose between, and a deleted one is gone", () => {
  const later = historyOf(`${ROOM}\n3 session-state {"b":2}`);
  const edit = { ...SAMPLE, text: `{"a":5}`, base: { a: 1, b: 1 } };
  const three = threeWayOf(edit, later);
  expect(conflictingKeys(edit, later)).toEqual(["a", "b"]);
  expect([...(three ? sidesIn(three, ["a", "b"]) : [])]).toEqual([
    ["a", { mine: 5, theirs: undefined }],
    ["b", { mine: undefined, theirs: 2 }],
  ]);
});

test("a rebase of an update keeps or leaves out each key", () => {
  const later = historyOf(LATER);
  const update = typed(`{"a":5,"b":5}`);
  const mine = rebase(update, later);
  expect(mine.text).toBe(update.text);
  expect(conflictingKeys(mine, later)).toEqual([]);
  expect(JSON.parse(rebase(update, later, new Set(["a"])).text)).toEqual({ b: 5 });
  const replace = typed(`{"a":5}`, { mergeStrategy: "replace" });
  const text = rebase(replace, later, new Set(["c"])).text;
  expect(JSON.parse(text)).toEqual({ a: 5, c: 1 });
});

test("an update starts with its first change, and again once it was sent or emptied", () => {
  const later = historyOf(LATER);
  expect(SAMPLE.seen).toBeUndefined();
  const update = typed(`{"a":5}`);
  expect(update.seen).toEqual({ a: 1, b: 1 });
  const longer = start({ ...update, text: `{"a":55}` }, update, later);
  expect(longer.seen).toEqual({ a: 1, b: 1 });
  expect(start({ ...longer, text: "{ }" }, longer, later).seen).toBeUndefined();
  const asked = actionOf(update, historyOf(ROOM));
  if (!asked.ok) throw new Error(asked.reason);
  expect(afterSending(update, asked, later)).toMatchObject({ seen: undefined });
  expect(replaced(update, { text: "1" }).seen).toBeUndefined();
});

test("an edit of the room that becomes an update starts when the edit did", () => {
  const edit = { ...SAMPLE, text: `{"a":5,"b":1}`, base: { a: 1, b: 1 } };
  const update = start({ ...edit, base: undefined }, edit, historyOf(LATER));
  expect(newsFor(update, historyOf(LATER))).toEqual(["a"]);
});

test("before a room is known nothing is told, and other kinds are not asked", () => {
  expect(typed(`{"a":5}`, {}, "0 created").seen).toBeUndefined();
  expect(typed(`{"a":5}`, {}, "0 created\n1 joined Ada").seen).toEqual({});
  const user = createDrafts()["set-user-data"].value;
  expect(begun({ ...user, text: "1" }, user, historyOf(ROOM))).toMatchObject({ seen: undefined });
});

test("what is opened in Send starts there", () => {
  const store = createStore();
  store.documentOpened(PAGE);
  store.received(PAGE.documentId, { ok: true, events: session(ROOM), invalid: 0 });
  store.compose(KIND, { text: `{"a":5}`, base: undefined }, CALL_ID);
  expect(store.drafts[KIND].value.seen).toEqual({ a: 1, b: 1 });
});
