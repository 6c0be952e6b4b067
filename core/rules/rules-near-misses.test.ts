import { describe, expect, test } from "vitest";

import { lines, toldBy } from "../testing/findings-in";

describe("feedback-loop", () => {
  const rule = "feedback-loop";

  test("cursors of many, sent by timers, aren't a loop", () => {
    const people = ["Bob", "Cy", "Dee", "Eve", "Fay", "Gus"];
    const text = lines(40, (n) =>
      [
        ...people.map(
          (name, index) =>
            `${n * 100 + index * 15} received {"type":"cursor","x":${n},"y":1} from ${name} in 1 ms`,
        ),
        `${n * 100 + 91} send {"type":"cursor","x":${n},"y":2} to *`,
      ].join("\n"),
    );
    expect(toldBy(rule, `0 joined Ada with ${people.join(" ")}\n${text}`)).toEqual([]);
  });

  test("a timer that is due while a slow listener runs fires right after it, and answers nothing", () => {
    const text = lines(60, (n) => {
      const at = n * 130;
      return `${at} received {"type":"cursor","x":${n}} from Bob in 40 ms
        ${at + 40} send {"type":"cursor","x":${n}} to *
        ${at + 106} send {"type":"cursor","x":${n}} to *`;
    });
    expect(toldBy(rule, `0 joined Ada with Bob\n${text}`)).toEqual([]);
  });

  test("nor are heartbeats, of which one is in step", () => {
    const people = ["Bob", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal"];
    const text = lines(30, (n) =>
      [
        `${n * 1_000} received {"type":"alive"} from Bob`,
        `${n * 1_000} send {"type":"alive"} to *`,
        ...people
          .slice(1)
          .map(
            (name, index) =>
              `${n * 1_000 + 90 * (index + 1)} received {"type":"alive"} from ${name}`,
          ),
      ].join("\n"),
    );
    expect(toldBy(rule, `0 joined Ada with ${people.join(" ")}\n${text}`)).toEqual([]);
  });

  test.each([
    [
      "a request answered to who asked",
      `{"type":"rpc","id":1,"method":"get"}`,
      `{"type":"rpc","id":1,"result":[]}`,
      "Bob",
    ],
    [
      "a request answered to all",
      `{"type":"rpc","kind":"request","id":1}`,
      `{"type":"rpc","kind":"response","id":1}`,
      "*",
    ],
    ["messages without a type", `{"ping":1}`, `{"ping":1}`, "*"],
  ])("%s isn't a loop", (_, asked, answer, to) => {
    const text = lines(
      30,
      (n) => `${n * 100} received ${asked} from Bob in 2 ms
        ${n * 100 + 1} send ${answer} to ${to}`,
    );
    expect(toldBy(rule, `0 joined Ada with Bob\n${text}`)).toEqual([]);
  });

  test("what comes back to one person is, and each round is counted", () => {
    const text = lines(
      15,
      (n) => `${n * 100} received {"type":"sync","n":${n}} from Bob in 2 ms
        ${n * 100 + 1} send {"type":"sync","n":${n}} to Bob`,
    );
    expect(toldBy(rule, `0 joined Ada with Bob\n${text}`)).toEqual([
      expect.stringMatching(/^15 times a message of type sync was sent/),
    ]);
  });
});

describe("state-by-message", () => {
  const rule = "state-by-message";
  const joins = (sends: (name: string, n: number) => string) =>
    ["Cy", "Dee", "Eve", "Fay"]
      .map((name, n) => `${(n + 1) * 3_000} joins ${name}\n${sends(name, n + 1)}`)
      .join("\n");

  test("says how often it was sent again, whatever the values, and how many had missed it", () => {
    const text = joins(
      (_, n) => `${n * 3_000 + 80} send {"type":"layout","value":${n}} to *
        ${n * 3_000 + 1_500} send {"type":"layout","value":${n + 10}} to *`,
    );
    expect(
      toldBy(
        rule,
        `0 joined Ada with Bob
         10 send {"type":"layout","value":0} to *
         ${text}
         20000 joins Gus`,
      ),
    ).toEqual([
      "A message of type layout was sent again right after 4 joins. 4 late joiners missed what had been sent before.",
    ]);
  });

  test("one text to each of those who are there is a broadcast, too", () => {
    const everyone = ["Bob"];
    const text = joins((name, n) => {
      everyone.push(name);
      return `${n * 3_000 + 80} send {"type":"topic","text":"Tea"} to ${everyone.join(", ")}`;
    });
    const told = toldBy(
      rule,
      `0 joined Ada with Bob\n10 send {"type":"topic","text":"Tea"} to *\n${text}`,
    );
    expect(told).toHaveLength(1);
  });

  test.each([
    [
      "a handshake with each newcomer",
      (name: string, n: number) => `${n * 3_000 + 10} send {"type":"hello"} to ${name}`,
    ],
    [
      "chat at one join of several",
      (_: string, n: number) =>
        `${n * 3_000 + (n === 1 ? 100 : 1_400)} send {"type":"chat","text":"Hi"} to *`,
    ],
  ])("%s isn't state", (_, sends) => {
    expect(
      toldBy(
        rule,
        `0 joined Ada with Bob\n10 send {"type":"alive"} to *\n20 send {"type":"chat"} to *\n${joins(sends)}`,
      ),
    ).toEqual([]);
  });

  test("a heartbeat isn't one, even if someone joins in between", () => {
    const text = lines(30, (n) => {
      const beat = `${n * 900} send {"type":"alive"} to *`;
      return n % 3 === 0 ? `${n * 900 - 300} joins P${n}\n${beat}` : beat;
    });
    expect(toldBy(rule, `0 joined Ada with Bob\n${text}`)).toEqual([]);
  });
});

describe("replace-drops-keys", () => {
  const told = (text: string) => toldBy("replace-drops-keys", `0 joined Ada with Bob\n${text}`);

  test("a value given in full isn't a patch, and what was set in one may go as one", () => {
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
