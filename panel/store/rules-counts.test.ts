import { expect, test } from "vitest";

import { toldBy } from "./findings-in";

test("what is told only from a number on is counted whole, and on from there", () => {
  expect(
    toldBy(
      "hand-chunking",
      `0 joined Ada with Bob
       10 5 times every 20: send {"type":"file","index":$n,"total":5,"data":"<1500>"} to *`,
    ),
  ).toEqual([expect.stringMatching(/^5 parts of type file, 7,\d+ characters in all\.$/)]);
  expect(
    toldBy(
      "unchanged-write",
      `0 joined Ada with Bob
       10 session-state {"a":1}
       2000 4 times every 3000: session-data shallow-merge {"a":1}`,
    ),
  ).toEqual(["4 writes changed nothing."]);
  expect(
    toldBy(
      "slow-listener",
      `0 joined Ada with Bob
       10 4 times every 900: received {"type":"pos","n":$n} from Bob in 150 ms`,
    ),
  ).toEqual(["4 times at app-message of type pos: 600 ms in all."]);
  expect(
    toldBy(
      "events-through-state",
      `0 joined Ada with Bob
       10 33 times every 200: session-data shallow-merge {"x":$n}
       60000 5 times every 700: session-data shallow-merge {"y":$n}`,
    ),
  ).toEqual(["33 calls of setMeetingSessionData(), more than 2 a second."]);
});

test("user data that stays the same or churns is counted whole", () => {
  const set = (at: number, value: number, seq: number) => `${at} user-data {"x":${value}}
    ${at + 1} settles ${seq} resolved object\n`;
  const same = Array.from({ length: 5 }, (_, n) => set(2_000 * (n + 1), 1, 2 * n + 2)).join("");
  expect(toldBy("user-data-same", `0 joined Ada having {"x":1} with Bob\n${same}`)).toEqual([
    "5 calls with the value that was there already.",
  ]);
  const churn = Array.from({ length: 9 }, (_, n) => set(100 * (n + 1), n, 2 * n + 2)).join("");
  expect(toldBy("user-data-churn", `0 joined Ada with Bob\n${churn}`)).toEqual([
    "8 values replaced within a second of being set.",
  ]);
});
