import { expect, test } from "vitest";

import { callLabels, callName, type CallSummary } from "./call-list";

const call = (callId: string, person: string): CallSummary => ({
  callId,
  label: `you.daily.co/qa · ${person} · joined`,
  name: `you.daily.co/qa · ${person}`,
  person,
  place: "you.daily.co/qa",
  status: "joined",
  isLive: true,
});

test("calls are told apart by room and name, and by their id where these are the same", () => {
  const [ada, bob, again] = [call("1790.1234", "Ada"), call("1790.5678", "Bob"), call("7", "Ada")];
  expect(callName([ada, bob], ada.callId)).toBe("you.daily.co/qa · Ada");
  expect(callName([ada, bob, again], ada.callId)).toBe("you.daily.co/qa · Ada · …0.1234");
  expect(callName([ada, bob, again], "7")).toBe("you.daily.co/qa · Ada · 7");
  expect(callName([ada], "gone")).toBe("gone");
  const label = callLabels([ada, bob, again]);
  expect(label(bob)).toBe("you.daily.co/qa · Bob · joined");
  expect(label(again)).toBe("you.daily.co/qa · Ada · joined · 7");
});
