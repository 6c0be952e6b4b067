import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createParticipantVoice } from "./participant-voice";
import type { ToRoom } from "./wire";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const sent: ToRoom[] = [];
  const delays = { userDataDelayMs: 200, sessionDataWindowMs: 1000 };
  const voice = createParticipantVoice(
    () => delays,
    (message) => sent.push(message),
  );
  return { sent, delays, voice };
}

test("app messages leave at once and in order", () => {
  const { sent, voice } = setup();
  voice.sendAppMessage(1);
  voice.sendAppMessage(2, ["ada"]);
  expect(sent).toEqual([
    { action: "app-message", data: 1, to: "*" },
    { action: "app-message", data: 2, to: ["ada"] },
  ]);
});

test("user data reaches the others later, and only the last value", () => {
  const { sent, voice } = setup();
  voice.setUserData("first");
  vi.advanceTimersByTime(150);
  voice.setUserData("last");
  vi.advanceTimersByTime(49);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([{ action: "set-user-data", userData: "last" }]);
  vi.advanceTimersByTime(10_000);
  expect(sent).toHaveLength(1);
});

test("session data of one window leaves in one flush, the next window in another", () => {
  const { sent, voice } = setup();
  voice.setMeetingSessionData({ a: 1 }, "shallow-merge");
  vi.advanceTimersByTime(999);
  voice.setMeetingSessionData({ b: 1 }, "shallow-merge");
  vi.advanceTimersByTime(1);
  voice.setMeetingSessionData({ c: 1 });
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([
    { action: "set-session-data", mergeStrategy: "shallow-merge", data: { a: 1, b: 1 } },
    { action: "set-session-data", mergeStrategy: "replace", data: { c: 1 } },
  ]);
});

test("a merge of nothing opens no window", () => {
  const { voice } = setup();
  voice.setMeetingSessionData({}, "shallow-merge");
  expect(vi.getTimerCount()).toBe(0);
});

test("delays may change while the room is open", () => {
  const { sent, delays, voice } = setup();
  delays.userDataDelayMs = 5;
  voice.setUserData(1);
  vi.advanceTimersByTime(5);
  expect(sent).toHaveLength(1);
});

test("whoever leaves takes what was pending with them", () => {
  const { sent, voice } = setup();
  voice.setUserData(1);
  voice.setMeetingSessionData({ a: 1 });
  voice.silence();
  vi.advanceTimersByTime(10_000);
  voice.setMeetingSessionData({ b: 1 }, "shallow-merge");
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([
    { action: "set-session-data", mergeStrategy: "shallow-merge", data: { b: 1 } },
  ]);
});
