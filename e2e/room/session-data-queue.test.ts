import { expect, test } from "vitest";

import { createSessionDataQueue } from "./session-data-queue";
import type { SessionDataPayload, SessionDataUpdate } from "./session-data-queue";

const merge = (data: Record<string, unknown>): SessionDataUpdate => ({
  data,
  mergeStrategy: "shallow-merge",
});
const replace = (data: Record<string, unknown>): SessionDataUpdate => ({
  data,
  mergeStrategy: "replace",
});

function flushOf(...updates: SessionDataUpdate[]): SessionDataPayload | undefined {
  const queue = createSessionDataQueue();
  for (const update of updates) queue.enqueue(update);
  return queue.flush();
}

test("nothing queued is nothing to flush", () => {
  expect(flushOf()).toBeUndefined();
});

test("an empty shallow merge is nothing", () => {
  expect(flushOf(merge({}))).toBeUndefined();
  expect(createSessionDataQueue().enqueue(merge({}))).toBe(false);
});

test("an empty replace clears the room", () => {
  expect(flushOf(replace({}))).toEqual(replace({}));
});

test("merges become one merge, the last value of a key wins", () => {
  expect(flushOf(merge({ a: 1, b: 1 }), merge({ b: 2 }))).toEqual(merge({ a: 1, b: 2 }));
});

test("nested objects are not merged", () => {
  expect(flushOf(merge({ a: { x: 1 } }), merge({ a: { y: 2 } }))).toEqual(merge({ a: { y: 2 } }));
});

test("a replace discards what was pending and makes the batch a replace", () => {
  expect(flushOf(merge({ a: 1 }), replace({ b: 2 }), merge({ c: 3 }))).toEqual(
    replace({ b: 2, c: 3 }),
  );
});

test("an undefined key of a merge is deleted by name", () => {
  expect(flushOf(merge({ a: 1, b: 1 }), merge({ a: undefined }))).toEqual({
    ...merge({ b: 1 }),
    keysToDelete: ["a"],
  });
});

test("a flush empties the queue", () => {
  const queue = createSessionDataQueue();
  queue.enqueue(replace({ a: 1 }));
  queue.flush();
  expect(queue.flush()).toBeUndefined();
  queue.enqueue(merge({ b: 1 }));
  expect(queue.flush()).toEqual(merge({ b: 1 }));
});
