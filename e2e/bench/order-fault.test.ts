import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { SAMPLES } from "../../core/testing/samples";
import { toPayload } from "../../extension/protocol/payload";
import { orderFault } from "./order-fault";
import { messageAt } from "./stream";

const NONE = { events: 0, dropped: 0, folded: 0 };

const recording = (...numbers: number[]): PageEvent[] =>
  numbers.map(
    (n) =>
      ({ ...SAMPLES["daily-event"], seq: n + 1, payload: toPayload(messageAt(n)) }) as PageEvent,
  );
const numbers = Array.from({ length: 30 }, (_, index) => index);

test("a message of the stream has its length, and every tenth is a repetition", () => {
  for (const n of numbers) expect(JSON.stringify(messageAt(n))).toHaveLength(294);
  expect(messageAt(20)).toEqual(messageAt(19));
  expect(messageAt(21)).not.toEqual(messageAt(20));
});

test("a whole recording is without fault", () => {
  expect(orderFault(recording(...numbers), 30, NONE)).toBeUndefined();
});

test("what is lost, doubled or out of order is a fault", () => {
  const lost = numbers.filter((n) => n !== 20);
  expect(orderFault(recording(...lost), 30, NONE)).toBe("1 numbers are missing, 0 of them known");
  expect(orderFault(recording(...numbers.slice(0, 29)), 30, NONE)).toBe("29 of 30 messages");
  expect(orderFault(recording(0, 1, 1, 2), 4, NONE)).toBe("event 2 comes after 2");
  const swapped = recording(...numbers).map((event, index) => ({ ...event, seq: index + 1 }));
  [swapped[3]!.seq, swapped[4]!.seq] = [5, 4];
  swapped.sort((a, b) => a.seq - b.seq);
  expect(orderFault(swapped, 30, NONE)).toBe("a message that was not sent then");
});

test("what is known to be dropped is no fault", () => {
  const known = { ...NONE, dropped: 5 };
  expect(orderFault(recording(...numbers.slice(5)), 30, known)).toBeUndefined();
  expect(
    orderFault(recording(...numbers.slice(0, 3), ...numbers.slice(8)), 30, known),
  ).toBeUndefined();
});
