import { expect, test } from "vitest";

import { type CallStanding, whyNot } from "./command";

const joined: CallStanding = { isLive: true, status: "joined", mode: "call-object" };

test.each([
  ["new", "The call has not joined yet. Join first to send."],
  ["joining", "The call is still joining. Wait until it has joined."],
  ["left", "You have left the call. Join again to send."],
  ["error", "An error ended the call. Join again to send."],
  ["joined", undefined],
])("a call that is %s", (status, words) => {
  expect(whyNot("send-app-message", { ...joined, status })).toBe(words);
  expect(whyNot("set-meeting-session-data", { ...joined, status })).toBe(words);
  expect(whyNot("set-user-data", { ...joined, status })).toBeUndefined();
});

test("a page that is not there takes nothing", () => {
  expect(whyNot("set-user-data", { ...joined, isLive: false })).toBe(
    "The page is reloading or gone.",
  );
});
