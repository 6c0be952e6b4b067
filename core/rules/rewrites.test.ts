import { expect, test } from "vitest";

import { REWRITES } from "./rule";

test.each([
  [`{"type":"layout","value":"grid"}`, `{"layout":{"value":"grid"}}`],
  [`{"event":"stage","type":5,"who":"Bob"}`, `{"stage":{"type":5,"who":"Bob"}}`],
  [`{"slide":3}`, `{"slide":3}`],
  [`"grid"`, `{ value: "grid" }`],
])("the message %s is kept as %s", (json, kept) => {
  expect(REWRITES.messageAsState(json)).toBe(
    `call.setMeetingSessionData(${kept}, "shallow-merge");`,
  );
});

test("session data stays as it is", () => {
  expect(REWRITES.sessionMerge(`{"type":"poll"}`)).toBe(
    `call.setMeetingSessionData({"type":"poll"}, "shallow-merge");`,
  );
});
