import { expect, test } from "vitest";

import { logOf } from "../testing/log-of-text";
import { ACT_HERE, eventsAsTest, findingAsTest } from "./as-test";

const asTest = (text: string) => {
  const log = logOf(text);
  const entries = [...log.documents.values()].flatMap(({ seat }) => seat?.entries ?? []);
  return eventsAsTest([...log.entries, ...entries], (callId) => log.calls.get(callId));
};

test("messages and state become a test, each at its own page", () => {
  expect(
    asTest(`0 created
      10 joined Ada with Bob
      20 send {"type":"hand","raised":true} to *
      30 received {"type":"ack"} from Bob
      40 user-data {"hand":1}
      50 session-data shallow-merge {"score":1}
      60 updated Bob {"hand":2}
      70 refused send "x" because Message data too large
      11 at Bob: created
      12 at Bob: joined Bob with Ada
      25 at Bob: received {"type":"hand","raised":true} from Ada`),
  ).toBe(`import { expect, test } from "inspector-for-daily/playwright";

test("what was recorded", async ({ page, context }) => {
  await page.goto("https://app.example/");
  const bob = await context.newPage();
  await bob.goto("https://app.example/");
  ${ACT_HERE}

  await expect(page).toHaveSent({ type: "hand", payload: {"type":"hand","raised":true} });
  await expect(page).toHaveReceived({ type: "ack", payload: {"type":"ack"}, from: "Bob" });
  await expect(page).toHaveUserData({"hand":1});
  await expect(page).toHaveSessionData({"score":1});
  await expect(page).toHaveUserData({"hand":2}, { of: "Bob" });
  await expect(bob).toHaveReceived({ type: "hand", payload: {"type":"hand","raised":true}, from: "Ada" });
});
`);
});

test("events without a matcher make no test, and long data is left out", () => {
  expect(asTest("0 created\n1 joined Ada")).toBeUndefined();
  expect(asTest(`0 joined Ada\n1 send {"type":"image","data":"<1500>"} to *`)).toContain(
    'toHaveSent({ type: "image" });',
  );
});

test("a finding is a test that no such thing is found", () => {
  expect(findingAsTest("sent-before-join", "Sent before the join", undefined)).toContain(
    'await expect(daily).toHaveNoFindings({ rules: ["sent-before-join"] });',
  );
});
