import { expect, test } from "vitest";

import { draftOwner } from "./kept-drafts";
import { createCallHistory } from "../../core/session/call-history";

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

test("before a first join nobody knows whose they are", () => {
  expect(roomOf([call("Ada", { person: undefined })])).toBeUndefined();
});
