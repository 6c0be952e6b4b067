import { expect, test } from "vitest";

import {
  doubtAbout,
  doubtsAbout,
  idsIn,
  matchingPeople,
  nameOf,
  othersOf,
  recipientsIn,
  whyNotTo,
} from "./recipients";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";

function callOf(text: string) {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  for (const event of session(text)) append(log, "page", event);
  const call = log.calls.get(CALL_ID);
  if (!call) throw new Error("no call");
  return call;
}

test("ids are read however they were pasted", () => {
  expect(idsIn("")).toEqual([]);
  expect(idsIn(` "a-1", 'b-2'\nc-3;a-1 `)).toEqual(["a-1", "b-2", "c-3"]);
  expect(idsIn('["a-1","b-2"]')).toEqual(["a-1", "b-2"]);
});

test("what isn't an id is never taken for an empty list, and so for everyone", () => {
  expect(whyNotTo(" ")).toBeUndefined();
  expect(whyNotTo("a-1, b-2")).toBeUndefined();
  expect(whyNotTo(`""`)).toMatch(/is none/);
  expect(whyNotTo("x".repeat(301))).toMatch(/at most 300/);
});

test("what is typed and not confirmed counts, and * is everyone", () => {
  expect(recipientsIn({ to: ["a"], toText: "b a" })).toEqual(["a", "b"]);
  expect(recipientsIn({ to: [], toText: "" })).toEqual([]);
  expect(recipientsIn({ to: ["a"], toText: "*" })).toEqual([]);
});

test("who may not get it is told by what is known of them", () => {
  const call = callOf("0 created\n1 joined Ada with Bob, Cy\n2 left Cy");
  expect(doubtAbout(call, "id-bob")).toBeUndefined();
  expect(doubtAbout(call, "id-ada")).toBe("your own session id");
  expect(doubtAbout(call, "id-cy")).toBe("has left");
  expect(nameOf(call, "id-cy")).toBe("Cy");
  expect(doubtAbout(call, "5c3")).toBe("no one has this session id");
  expect(doubtsAbout(call, ["id-bob"])).toBeUndefined();
  expect(doubtsAbout(call, ["id-bob", "id-cy"])).toBe("Cy: has left.");
  expect(doubtsAbout(call, ["id-cy", "5c3"])).toBe("Cy: has left, and 1 more who may not get it.");
});

test("people are found by a part of their name or the beginning of their id", () => {
  const call = callOf("0 created\n1 joined Ada with Bob Bobby Cy");
  const found = (search: string) =>
    matchingPeople(call, othersOf(call), search).map(({ sessionId }) => sessionId);
  expect(found("")).toHaveLength(3);
  expect(found(" BOB ")).toEqual(["id-bob", "id-bobby"]);
  expect(found("id-cy")).toEqual(["id-cy"]);
  expect(found("id-")).toEqual([]);
  expect(found("nobody")).toEqual([]);
});
