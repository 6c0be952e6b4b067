import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { applySessionData } from "../../e2e/room/session-data";
import { createSessionDataQueue } from "../../e2e/room/session-data-queue";
import { applyUpdate, changedKeys, enqueue, type SessionUpdate } from "./merge";

const merge = (data: Record<string, unknown>, ...keysToDelete: string[]): SessionUpdate => ({
  strategy: "shallow-merge",
  data,
  keysToDelete,
});
const replace = (data: Record<string, unknown>): SessionUpdate => ({
  strategy: "replace",
  data,
  keysToDelete: [],
});
const batch = (...updates: SessionUpdate[]) =>
  updates.reduce<SessionUpdate | undefined>(enqueue, undefined);

describe("what several updates in one window become", () => {
  test.each([
    ["merges go together", [merge({ a: 1 }), merge({ b: 2 })], merge({ a: 1, b: 2 })],
    ["the later value wins", [merge({ a: 1 }), merge({ a: 2 })], merge({ a: 2 })],
    ["a replace discards what waited", [merge({ a: 1 }), replace({ b: 2 })], replace({ b: 2 })],
    [
      "a replace poisons the whole window",
      [merge({ a: 1 }), replace({ b: 2 }), merge({ c: 3 })],
      replace({ b: 2, c: 3 }),
    ],
    ["a key is deleted", [merge({ a: 1 }), merge({}, "a")], merge({}, "a")],
    ["a deleted key may come back", [merge({}, "a"), merge({ a: 1 })], merge({ a: 1 })],
    ["an empty merge is nothing", [merge({})], undefined],
    ["an empty replace is something", [replace({})], replace({})],
    [
      "nested objects are replaced whole",
      [merge({ o: { x: 1 } }), merge({ o: { y: 2 } })],
      merge({ o: { y: 2 } }),
    ],
  ])("%s", (_, updates, expected) => {
    expect(batch(...updates)).toEqual(expected);
  });
});

test("the room's own queue and merge agree, whatever is written", () => {
  const key = fc.constantFrom("a", "b", "c");
  const write = fc.record({
    mergeStrategy: fc.constantFrom("replace" as const, "shallow-merge" as const),
    data: fc.dictionary(key, fc.option(fc.nat(3), { nil: undefined }), { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.nat(3)),
      fc.array(write, { maxLength: 8 }),
      (start, writes) => {
        const queue = createSessionDataQueue();
        let waiting: SessionUpdate | undefined;
        for (const { data, mergeStrategy } of writes) {
          queue.enqueue({ data, mergeStrategy });
          const keys = Object.keys(data).filter((name) => data[name] === undefined);
          const json = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
          waiting = enqueue(
            waiting,
            mergeStrategy === "replace" ? replace(json) : merge(json, ...keys),
          );
        }
        const payload = queue.flush();
        const room = payload ? applySessionData(start, payload) : start;
        const ours = waiting ? applyUpdate(start, waiting) : start;
        expect(ours).toEqual(JSON.parse(JSON.stringify(room)));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("changed keys are those that came, went or differ", () => {
  expect(changedKeys({ a: 1, b: { x: 1 }, c: 1 }, { a: 1, b: { x: 2 }, d: 1 })).toEqual([
    "b",
    "c",
    "d",
  ]);
});
