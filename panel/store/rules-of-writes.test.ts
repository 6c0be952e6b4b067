import { describe, expect, test } from "vitest";

import { toldBy } from "./findings-in";

describe("replace-drops-keys", () => {
  const told = (text: string) => toldBy("replace-drops-keys", `0 joined Ada with Bob\n${text}`);

  test("what is given as a whole is no patch, and what was set in one may go as one", () => {
    expect(
      told(`10 session-state {"stage":"Bob","topic":"Tea"}
        2000 session-data replace {"topic":"Tea"}
        3000 session-state {"topic":"Tea"}`),
    ).toEqual([]);
    expect(
      told(`10 session-state {}
        20 session-data replace {"lobby":{"open":true}}
        1000 session-state {"lobby":{"open":true}}
        5000 session-data replace {"game":{"round":1}}
        6000 session-state {"game":{"round":1}}`),
    ).toEqual([]);
  });

  test("only what does not belong to what is given is told", () => {
    expect(
      told(`10 session-state {"status":"playing","position":12}
        2000 session-state {"status":"playing","position":12,"votes":3}
        5000 session-data replace {"status":"stopped"}
        6000 session-state {"status":"stopped"}`),
    ).toEqual(["1 replace dropped votes."]);
  });
});

test("a new poll in place of an old one may have been meant", () => {
  expect(
    toldBy(
      "nested-lost",
      `0 joined Ada with Bob
       10 session-state {"poll":{"question":"Tea?","votes":[1]}}
       2000 session-data shallow-merge {"poll":{"question":"Coffee?"}}
       3000 session-state {"poll":{"question":"Coffee?"}}`,
    ),
  ).toEqual(["1 merge lost poll.votes, which may have been meant."]);
});

describe("outlives-session", () => {
  const told = (text: string) => toldBy("outlives-session", `0 joined Ada with Bob\n${text}`);
  const list = (length: number) => JSON.stringify(Array.from({ length }, (_, n) => n));
  const states = (key: string, lengths: readonly number[]) =>
    lengths
      .map((length, n) => `${(n + 1) * 3_000} session-state {"${key}":${list(length)}}`)
      .join("\n");

  test("a record that grows is told, with its length", () => {
    expect(told(states("transcript", [10, 20, 21, 22, 23]))).toEqual([
      "transcript in session data grew 4 times, up to 23 entries.",
    ]);
  });

  test.each([
    ["short", states("history", [1, 2, 3, 4, 5])],
    ["kept short", states("history", [20, 20, 20, 20, 20])],
    ["of something else", states("seats", [20, 21, 22, 23, 24])],
  ])("a list that is %s is not", (_, text) => {
    expect(told(text)).toEqual([]);
  });

  test("what is still in the room is not put back", () => {
    const notes = `{"notes":"${"x".repeat(100)}"}`;
    const again = [1, 2, 3].map(
      (n) => `${n * 20_000} leaves
        ${n * 20_000 + 100} joined Ada with Bob
        ${n * 20_000 + 110} session-state ${notes}
        ${n * 20_000 + 120} session-data shallow-merge ${notes}`,
    );
    expect(told(`10 session-state ${notes}\n${again.join("\n")}`)).toEqual([]);
  });
});
