import { describe, expect, test } from "vitest";

import { toldBy } from "./findings-in";

/** So many lines of text, numbered from 1. */
const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");

describe("feedback-loop", () => {
  const rule = "feedback-loop";

  test("cursors of many, sent by timers, are no loop", () => {
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
  ])("%s is no loop", (_, asked, answer, to) => {
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
