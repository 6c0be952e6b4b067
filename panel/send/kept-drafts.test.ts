import { signal } from "@preact/signals";
import { expect, test } from "vitest";

import { MAX_TEXT } from "../../core/lib/json";
import { createDrafts } from "./drafts";
import type { MessageDraft, SessionDraft } from "../session/draft";
import { createTextShelf, type DraftOwner, draftOwner, keepDrafts, MAX_TEXTS } from "./kept-drafts";
import { createCallHistory } from "../../core/session/call-history";

const KIND = "set-meeting-session-data";
const untouched = createDrafts()[KIND].value;

const ADA: DraftOwner = { room: "demo.daily.co/qa", name: "Ada" };
const BOB: DraftOwner = { ...ADA, name: "Bob" };

function createStorage(stored: Record<string, string> = {}) {
  return {
    stored,
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => void (stored[key] = value),
    removeItem: (key: string) => void delete stored[key],
  };
}

/** A panel of someone who is known at once or later. */
function open(storage: ReturnType<typeof createStorage>, whose?: DraftOwner) {
  const owner = signal(whose);
  const drafts = createDrafts();
  keepDrafts(drafts, storage, () => owner.value);
  return { owner, all: drafts, draft: drafts[KIND] };
}

/** What a panel that is opened later makes of a draft. */
function reopened(draft: SessionDraft, storage = createStorage(), now = ADA): SessionDraft {
  open(storage, ADA).draft.value = draft;
  return open(storage, now).draft.value;
}

const base = JSON.parse('{"a":1,"constructor":2,"__proto__":{"b":3}}') as Record<string, unknown>;

const NUMBERS = { revision: 1, meaning: 1 };

test("a draft comes back as it was typed, with what it was made from", () => {
  const draft: SessionDraft = {
    ...untouched,
    text: '{"a":',
    mergeStrategy: "replace",
    base,
    isTyped: true,
    typed: { ...untouched, text: "1", isTyped: true, seen: { a: 1 } },
  };
  const back = reopened(draft);
  expect(back).toEqual({ ...draft, ...NUMBERS, typed: { ...draft.typed, ...NUMBERS } });
  expect(JSON.stringify(back.base)).toBe(JSON.stringify(base));
});

test("a message comes back with its recipients, and a simulated one with its sender", () => {
  const storage = createStorage();
  const { all } = open(storage, ADA);
  const message: MessageDraft = {
    ...all["send-app-message"].value,
    text: "{no",
    isRaw: true,
    to: ["id-bob"],
    toText: "id-c",
    isTyped: true,
  };
  all["send-app-message"].value = message;
  const simulated = { ...all["receive-app-message"].value, fromId: "API" };
  all["receive-app-message"].value = simulated;
  const back = open(storage, ADA).all;
  expect(back["send-app-message"].value).toEqual({ ...message, ...NUMBERS });
  expect(back["receive-app-message"].value).toEqual({ ...simulated, ...NUMBERS });
});

test("what earlier versions kept, with the options of all kinds, is still read", () => {
  const options = {
    isRaw: true,
    to: ["id-bob"],
    toText: "id-c",
    mergeStrategy: "replace",
    fromId: "API",
    isTyped: true,
  };
  const kept = { text: "1", ...options, base: { a: 1 }, room: ADA.room };
  const stored = JSON.stringify({ ...kept, typed: { ...kept, text: "0" } });
  const whose = JSON.stringify([ADA.room, ADA.name]);
  const { all } = open(
    createStorage(
      Object.fromEntries(
        Object.keys(createDrafts()).map((kind) => [`draft:${kind}:${whose}`, stored]),
      ),
    ),
    ADA,
  );
  const { isRaw, to, toText, mergeStrategy, fromId } = options;
  const common = { text: "1", isTyped: true, typed: { text: "0" } };
  expect(all["send-app-message"].value).toMatchObject({ ...common, isRaw, to, toText });
  expect(all["receive-app-message"].value).toMatchObject({ ...common, fromId });
  expect(all["set-user-data"].value).toMatchObject(common);
  expect(all[KIND].value).toMatchObject({ ...common, mergeStrategy, base: { a: 1 } });
  expect(Object.keys(all[KIND].value)).not.toContain("fromId");
});

test("what others wrote since an update was started is still reported", () => {
  const seen = { a: 1 };
  expect(reopened({ ...untouched, text: '{"a":5}', seen }).seen).toEqual(seen);
});

test("two people in one room keep their own, and another room has none of them", () => {
  const storage = createStorage();
  const [ada, bob] = [open(storage, ADA), open(storage, BOB)];
  ada.draft.value = { ...untouched, text: "ada" };
  bob.draft.value = { ...untouched, text: "bob" };
  expect(open(storage, ADA).draft.value.text).toBe("ada");
  expect(open(storage, BOB).draft.value.text).toBe("bob");
  expect(open(storage, { ...ADA, room: "other" }).draft.value).toEqual(untouched);
});

test("what is kept comes back once it is known whose it is, unless someone has typed in the meantime", () => {
  const storage = createStorage();
  open(storage, ADA).draft.value = { ...untouched, text: "kept" };
  const [later, typing] = [open(storage), open(storage)];
  typing.draft.value = { ...untouched, text: "typed", isTyped: true };
  expect(later.draft.value.text).toBe("{}");
  later.owner.value = ADA;
  expect(later.draft.value.text).toBe("kept");
  later.owner.value = BOB;
  expect(later.draft.value.text).toBe("kept");
  typing.owner.value = ADA;
  expect(typing.draft.value.text).toBe("typed");
  expect(open(storage, ADA).draft.value.text).toBe("typed");
});

test("before a call is known it is kept by its kind alone, and taken over by whoever has none", () => {
  const storage = createStorage();
  open(storage).draft.value = { ...untouched, text: "1" };
  expect(Object.keys(storage.stored)).toContain(`draft:${KIND}`);
  const later = open(storage);
  later.owner.value = ADA;
  expect(later.draft.value.text).toBe("1");
});

test("what it was made from is left out in another room", () => {
  const storage = createStorage();
  const { owner, draft } = open(storage, ADA);
  const typed = { ...untouched, text: "0", seen: { a: 0 } };
  draft.value = { ...untouched, text: "1", base, typed };
  const room = "demo.daily.co/other";
  owner.value = { ...ADA, room };
  expect(open(storage, { ...ADA, room }).draft.value).toEqual(untouched);
  draft.value = { ...draft.value, isTyped: true };
  const there = open(storage, { ...ADA, room }).draft.value;
  expect(there).toMatchObject({
    text: "1",
    base: undefined,
    typed: { text: "0", seen: undefined },
  });
  expect(open(storage, ADA).draft.value.base).toEqual(base);
});

test("it is not repeated by that", () => {
  const storage = createStorage();
  const draft = open(storage, ADA).all["send-app-message"];
  draft.value = { ...draft.value, text: "1", times: 100, everyMs: 50 };
  expect(open(storage, ADA).all["send-app-message"].value).toMatchObject({
    text: "1",
    times: 1,
    everyMs: 1_000,
  });
});

test("an untouched draft isn't stored, and one that came back isn't stored again", () => {
  const storage = createStorage();
  open(storage, ADA);
  expect(storage.stored).toEqual({});
  open(storage, ADA).draft.value = { ...untouched, text: "1" };
  const before = { ...storage.stored };
  open(storage, ADA).owner.value = BOB;
  expect(storage.stored).toEqual(before);
});

test.each(["base", "seen"])(
  "one too long with its %s leaves nothing older in its place",
  (state) => {
    const storage = createStorage();
    reopened({ ...untouched, text: "old" }, storage);
    const long: SessionDraft = { ...untouched, text: "x".repeat(MAX_TEXT) };
    const data = { a: "x".repeat(200_000) };
    expect(reopened({ ...long, [state]: data }, storage)).toEqual(untouched);
  },
);

test.each(["{", "[]", '{"text":1}'])("what is stored and no draft is left alone: %s", (text) => {
  expect(open(createStorage({ [`draft:${KIND}`]: text })).draft.value).toEqual(untouched);
});

test("with a full storage you can still type", () => {
  const setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const { draft } = open({ ...createStorage(), setItem }, ADA);
  draft.value = { ...untouched, text: "1" };
  expect(draft.value.text).toBe("1");
});

const call = (callId: string, part: object = {}) => ({
  callId,
  label: "",
  name: "",
  person: callId,
  place: `room of ${callId}`,
  status: "joined" as const,
  isLive: true,
  ...part,
});
const NONE = { chosen: undefined, held: undefined };
const roomOf = (calls: Parameters<typeof draftOwner>[0], ids: object = {}) =>
  draftOwner(calls, { ...NONE, ...ids }, createCallHistory)?.room;

test("drafts are of the call that is chosen, or else held, or else the latest that is there", () => {
  const calls = [call("Ada"), call("Bob"), call("Grace"), call("Dan", { isLive: false })];
  expect(roomOf(calls)).toBe("room of Grace");
  expect(roomOf(calls, { held: "Ada" })).toBe("room of Ada");
  expect(roomOf(calls, { held: "Ada", chosen: "Bob" })).toBe("room of Bob");
  expect(roomOf(calls, { held: "Dan" })).toBe("room of Grace");
  expect(roomOf([call("Dan", { isLive: false })])).toBe("room of Dan");
});

test("before the first join it isn't known whose they are", () => {
  expect(roomOf([call("Ada", { person: undefined })])).toBeUndefined();
});

/** A storage with room for so many characters of texts. */
function createSmallStorage(room = Infinity) {
  const stored = new Map<string, string>();
  return {
    stored,
    getItem: (key: string) => stored.get(key) ?? null,
    removeItem: (key: string) => void stored.delete(key),
    setItem: (key: string, value: string) => {
      const others = [...stored].filter(([each]) => each !== key && each !== "drafts");
      const size = others.reduce((sum, [, text]) => sum + text.length, value.length);
      if (key !== "drafts" && size > room) throw new Error("QuotaExceededError");
      stored.set(key, value);
    },
  };
}

test("the text that was written longest ago goes first", () => {
  const shelf = createTextShelf(createSmallStorage());
  for (let n = 0; n < MAX_TEXTS; n++) shelf.write(`k${n}`, `${n}`);
  shelf.write("k0", "again");
  shelf.write("new", "new");
  expect(["k0", "k1", "k2", "new"].map(shelf.read)).toEqual(["again", null, "2", "new"]);
});

test("where there is no room, older ones make it", () => {
  const shelf = createTextShelf(createSmallStorage(10));
  for (const key of ["a", "b", "c"]) shelf.write(key, "xxx");
  shelf.write("d", "xxxxxx");
  expect(["a", "b", "c", "d"].map(shelf.read)).toEqual([null, null, "xxx", "xxxxxx"]);
  shelf.write("c", "yyy");
  shelf.write("d", "yyyyyy");
  expect(["c", "d"].map(shelf.read)).toEqual(["yyy", "yyyyyy"]);
});

test("windows that share a storage count what the others wrote", () => {
  const storage = createSmallStorage();
  const [one, other] = [createTextShelf(storage), createTextShelf(storage)];
  for (let n = 0; n < MAX_TEXTS; n++) (n % 2 ? one : other).write(`k${n}`, "x");
  one.write("new", "x");
  expect(storage.stored.size).toBe(MAX_TEXTS + 1);
});
