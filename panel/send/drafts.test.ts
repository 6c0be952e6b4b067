import { describe, expect, test } from "vitest";

import { MAX_TEXT } from "../../core/lib/json";
import { backToTyped, changed, createDrafts, replaced, whyNotEdit } from "./drafts";
import type { SessionDraft } from "../session/draft";
import { pickTarget, type SendTarget } from "./send-target";
import { CALL_ID } from "../../core/testing/session-text";
import { createStore } from "../shell/store";

const empty = createDrafts()["set-meeting-session-data"].value;
const typed: SessionDraft = { ...empty, text: '{"mine":1}', isTyped: true, base: { a: 1 } };

describe("what had been typed", () => {
  test("is a step away, however often it is replaced", () => {
    const once = replaced(typed, { text: "1", base: undefined });
    const twice = replaced(once, { text: "2" });
    expect(backToTyped(twice)).toMatchObject({ text: '{"mine":1}', isTyped: true, base: { a: 1 } });
    expect(backToTyped(twice).revision).toBeGreaterThan(twice.revision);
    expect(backToTyped(twice).typed).toBeUndefined();
  });

  test("is told from what was put there and left alone", () => {
    expect(replaced(empty, { text: "1" }).typed).toBeUndefined();
    expect(backToTyped(empty)).toBe(empty);
  });

  test("comes back in exchange for what was typed in between", () => {
    const later: SessionDraft = { ...replaced(typed, { text: "1" }), text: "12", isTyped: true };
    const back = backToTyped(later);
    expect(back.text).toBe('{"mine":1}');
    expect(backToTyped(back).text).toBe("12");
  });

  test("stays where something too long was to come in its place", () => {
    const store = createStore();
    store.drafts["set-meeting-session-data"].value = typed;
    store.compose("set-meeting-session-data", { text: "x".repeat(MAX_TEXT + 1) }, CALL_ID);
    expect(store.drafts["set-meeting-session-data"].value).toBe(typed);
    expect(store.notice.value).toBe(whyNotEdit(MAX_TEXT + 1));
    expect(whyNotEdit(MAX_TEXT)).toBeUndefined();
  });
});

test("what a text stands for changes with what replaces it or what it is compared with, and not by typing", () => {
  const meanings = [
    replaced(typed, { ...typed, text: "1" }),
    backToTyped(replaced(typed, { text: "1" })),
    changed(typed, { base: undefined }),
    changed(typed, { base: {}, seen: undefined }),
    changed(typed, { text: "1", isTyped: true }),
    changed(typed, { mergeStrategy: "replace" }),
    changed(createDrafts()["send-app-message"].value, { isRaw: true }),
  ].map(({ meaning }) => meaning);
  expect(meanings).toEqual([1, 2, 1, 1, 0, 0, 0]);
});

describe("the call to send through", () => {
  const call = (callId: string, part: object = {}) => ({
    callId,
    label: "",
    name: "",
    person: callId,
    place: "room",
    status: "joined" as const,
    isLive: true,
    ...part,
  });
  const held: SendTarget = {
    callId: "Ada",
    label: "Ada · room",
    place: "room",
    insteadOf: undefined,
  };

  test("is the latest, and stays when a newer one comes", () => {
    expect(pickTarget([call("Ada")], undefined, undefined)).toEqual(held);
    expect(pickTarget([call("Ada"), call("Bob")], undefined, held)).toEqual(held);
    expect(pickTarget([], undefined, held)).toBeUndefined();
  });

  test("is the one that was chosen", () => {
    expect(pickTarget([call("Ada"), call("Bob")], "Bob", held)).toMatchObject({
      callId: "Bob",
      insteadOf: undefined,
    });
  });

  test.each([
    ["whose page was left", [call("Ada", { isLive: false }), call("Bob")]],
    ["that was destroyed", [call("Bob"), call("Ada", { status: "destroyed" })]],
    ["that is not known any more", [call("Bob")]],
  ])("takes the place of one %s, and says so", (_, calls) => {
    const next = pickTarget(calls, undefined, held);
    expect(next).toEqual({
      callId: "Bob",
      label: "Bob · room",
      place: "room",
      insteadOf: "The call Ada · room",
    });
    expect(pickTarget(calls, undefined, next)).toEqual(next);
  });

  test("stays with one that is gone while there is no other", () => {
    const gone = call("Ada", { isLive: false });
    expect(pickTarget([gone], undefined, held)).toEqual(held);
    expect(pickTarget([gone, call("Bob", { isLive: false })], undefined, held)).toEqual(held);
  });
});
