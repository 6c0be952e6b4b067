import { expect, test } from "vitest";

import { toldBy } from "./findings-in";

test("what is told only from a number on is counted whole, and on from there", () => {
  expect(
    toldBy(
      "hand-chunking",
      `0 joined Ada with Bob
       10 5 times every 20: send {"type":"file","index":$n,"total":5,"data":"<1500>"} to *`,
    ),
  ).toEqual([expect.stringMatching(/^5 parts of type file were sent, 7,\d+ characters in all\.$/)]);
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
  ).toEqual(["Listeners of app-message of type pos blocked the page 4 times: 600 ms in all."]);
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

test("people and rate of a fan-out are those of one second", () => {
  const people = Array.from({ length: 20 }, (_, n) => `${9_000 + n} joins P${n}`).join("\n");
  expect(
    toldBy(
      "fan-out",
      `0 joined Ada with Bob Cy
       0 450 times every 20: send {"type":"pos","x":$n} to *
       ${people}
       10000 190 times every 40: send {"type":"pos","x":$n} to *`,
    ),
  ).toEqual([
    "25 broadcasts a second of type pos at the most, 550 deliveries a second with 23 in the call. If everybody sends so: 2,250 with 10, 61,250 with 50, 995,000 with 200 (computed, not measured).",
  ]);
});
