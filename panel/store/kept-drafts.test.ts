import { expect, test } from "vitest";

import { MAX_TEXT } from "../domain/json-depth";
import { createDrafts, type Draft } from "./drafts";
import { keepDrafts } from "./kept-drafts";

const KIND = "set-meeting-session-data";
const untouched = createDrafts()[KIND].value;

function createStorage(stored: Record<string, string> = {}) {
  return {
    stored,
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => void (stored[key] = value),
  };
}

/** What a panel that is opened later makes of a draft. */
function reopened(draft: Draft, storage = createStorage()): Draft {
  const before = createDrafts();
  keepDrafts(before, storage);
  before[KIND].value = draft;
  const after = createDrafts();
  keepDrafts(after, storage);
  return after[KIND].value;
}

test("a draft comes back as it was typed, with what it was made from and to whom it goes", () => {
  const base = JSON.parse('{"a":1,"constructor":2,"__proto__":{"b":3}}') as Record<string, unknown>;
  const draft: Draft = {
    ...untouched,
    text: '{"a":',
    isRaw: true,
    to: ["id-bob"],
    toText: "id-c",
    mergeStrategy: "replace",
    fromId: "API",
    base,
    isTyped: true,
    typed: { ...untouched, text: "1", isTyped: true },
  };
  const back = reopened(draft);
  expect(back).toEqual(draft);
  expect(JSON.stringify(back.base)).toBe(JSON.stringify(base));
});

test("it is not repeated by that", () => {
  expect(reopened({ ...untouched, text: "1", times: 100, everyMs: 50 })).toMatchObject({
    times: 1,
    everyMs: 1_000,
  });
});

test("what nobody touched is not stored", () => {
  const storage = createStorage();
  keepDrafts(createDrafts(), storage);
  expect(storage.stored).toEqual({});
});

test("one too long leaves nothing older in its place", () => {
  const storage = createStorage();
  reopened({ ...untouched, text: "old" }, storage);
  const base = { a: "x".repeat(200_000) };
  expect(reopened({ ...untouched, text: "x".repeat(MAX_TEXT), base }, storage)).toEqual(untouched);
});

test.each(["{", "[]", '{"text":1}'])("what is stored and no draft is left alone: %s", (text) => {
  const drafts = createDrafts();
  keepDrafts(drafts, createStorage({ [`draft:${KIND}`]: text }));
  expect(drafts[KIND].value).toEqual(untouched);
});

test("a full storage keeps nobody from typing", () => {
  const drafts = createDrafts();
  const setItem = () => {
    throw new Error("QuotaExceededError");
  };
  keepDrafts(drafts, { getItem: () => null, setItem });
  drafts[KIND].value = { ...untouched, text: "1" };
  expect(drafts[KIND].value.text).toBe("1");
});
