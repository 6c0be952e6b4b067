import { expect, test } from "vitest";

import { createRuleEngine } from "./rule-engine";
import { toldBy } from "../testing/findings-in";
import { viewOf } from "../session/event-view";
import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { CALL_ID, session } from "../testing/session-text";

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

test("a write that is confirmed late takes its finding back", () => {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  const engine = createRuleEngine((callId) => log.calls.get(callId)?.history);
  const told = (text: string) => {
    for (const event of session(text).slice(log.entries.length)) {
      append(log, "page", event);
      engine.take(viewOf(log.entries.at(-1) as Entry, log.calls.get(event.callId)));
    }
    const now = (log.entries.at(-1)?.event.at ?? 0) + 100;
    engine.look(now);
    return [...engine.findings.values()].map(({ rule, count }) => `${rule.id} ${count}`);
  };
  const waiting = `0 joined Ada with Bob
    10 session-data shallow-merge {"a":1}
    20 session-state {"b":1}
    9000 joins Cy`;
  expect(told(waiting)).toEqual(["never-confirmed 1"]);
  expect(told(`${waiting}\n9100 session-state {"b":1,"a":1}`)).toEqual([]);
  expect(engine.findingsOf(CALL_ID, 2)).toEqual([]);
});

test("an asked-for state is one, however long after the join it is asked for", () => {
  const rounds = [1, 2, 3].map(
    (n) => `${n * 10_000} joins P${n}
      ${n * 10_000 + 1_800} received {"type":"request-state"} from P${n}
      ${n * 10_000 + 1_900} send {"type":"state","slide":4} to *`,
  );
  expect(
    toldBy(
      "state-by-message",
      `0 joined Ada with Bob\n10 send {"type":"state","slide":4} to *\n${rounds.join("\n")}`,
    ),
  ).toEqual([
    expect.stringContaining("A message of type state was sent again right after 3 joins"),
  ]);
});

test("a stream to no one is told as one", () => {
  expect(
    toldBy("empty-room", `0 joined Ada\n10 50 times every 100: send {"type":"pos","x":$n} to *`),
  ).toEqual([expect.stringContaining("a stream, which you can pause")]);
});
