import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import type { PageBatch } from "../extension/protocol/envelope";
import { createOutbox, type OutboxOptions, type UnnumberedEvent } from "./outbox";

const problem = (message = "p"): UnnumberedEvent => ({
  kind: "capture-problem",
  callId: "",
  where: "test",
  message,
});

/** An outbox whose clock and timers stand still until told. */
function setup(options: Partial<OutboxOptions> = {}) {
  const waiting: (() => void)[] = [];
  const outbox = createOutbox({ now: () => 1, later: (run) => waiting.push(run), ...options });
  const batches: number[][] = [];
  const subscribe = (after = 0) =>
    outbox.subscribe(after, (text) => {
      batches.push((JSON.parse(text) as PageBatch).events.map(({ seq }) => seq));
      return true;
    });
  const runTimers = () => {
    while (waiting.length > 0) waiting.shift()?.();
  };
  return { outbox, subscribe, batches, runTimers, waiting };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const times = (count: number, run: () => void) => range(1, count).forEach(run);

describe("the outbox", () => {
  test("does nothing while no one subscribes", () => {
    const { outbox, waiting } = setup();
    times(5, () => outbox.push(problem()));
    expect(waiting).toEqual([]);
  });

  test("gives a late subscriber the history, then what comes", () => {
    const { outbox, subscribe, batches, runTimers } = setup();
    times(3, () => outbox.push(problem()));
    subscribe();
    runTimers();
    outbox.push(problem());
    outbox.push(problem());
    runTimers();
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  test("continues after what a subscriber has already", () => {
    const { outbox, subscribe, batches, runTimers } = setup();
    times(5, () => outbox.push(problem()));
    subscribe(3);
    runTimers();
    expect(batches).toEqual([[4, 5]]);
  });

  test("starts over for a number that it never gave", () => {
    const { outbox, subscribe, batches, runTimers } = setup();
    times(2, () => outbox.push(problem()));
    subscribe(900);
    runTimers();
    expect(batches).toEqual([[1, 2]]);
  });

  test("keeps only the newest events, whose numbers show the gap, and says so first", () => {
    const onHistoryLost = vi.fn<() => void>();
    const { outbox, subscribe, batches, runTimers } = setup({
      limits: { keptEvents: 3 },
      onHistoryLost,
    });
    times(10, () => outbox.push(problem()));
    subscribe();
    runTimers();
    expect(onHistoryLost).toHaveBeenCalledOnce();
    expect(batches).toEqual([[8, 9, 10]]);
  });

  test("bounds what it keeps by text, too", () => {
    const { outbox, subscribe, batches, runTimers } = setup({ limits: { keptChars: 1_000 } });
    times(10, () => outbox.push(problem()));
    subscribe();
    runTimers();
    expect(batches).toEqual([[8, 9, 10]]);
  });

  test("holds later events behind one that is not complete", () => {
    const { outbox, subscribe, batches, runTimers } = setup();
    subscribe();
    const slot = outbox.open();
    outbox.push(problem());
    runTimers();
    expect(batches).toEqual([]);
    slot.complete(problem());
    runTimers();
    expect(batches).toEqual([[1, 2]]);
  });

  test("sends a burst at once, without waiting for a timer", () => {
    const { outbox, subscribe, batches } = setup({ limits: { batchEvents: 10 } });
    subscribe();
    times(25, () => outbox.push(problem()));
    expect(batches.flat()).toEqual(range(1, 20));
  });

  test("sends all at once when it is asked to, and nothing twice", () => {
    const { outbox, subscribe, batches, runTimers } = setup({ limits: { batchEvents: 2 } });
    outbox.push(problem());
    subscribe();
    outbox.flush();
    expect(batches).toEqual([[1]]);
    const slot = outbox.open();
    times(2, () => outbox.push(problem()));
    outbox.flush();
    expect(batches).toEqual([[1]]);
    slot.complete(problem());
    outbox.flush();
    runTimers();
    expect(batches).toEqual([[1], [2, 3], [4]]);
  });

  test("replays a long history one batch a task", () => {
    const { outbox, subscribe, batches, waiting } = setup({ limits: { batchEvents: 2 } });
    times(3, () => outbox.push(problem()));
    subscribe();
    const before = batches.length;
    waiting.shift()?.();
    expect(batches.length - before).toBe(1);
    waiting.shift()?.();
    expect(batches.flat()).toEqual([1, 2, 3]);
  });

  test("forgets a subscriber that can't be reached", () => {
    const { outbox, waiting, runTimers } = setup();
    const send = vi.fn<() => boolean>(() => false);
    outbox.subscribe(0, send);
    outbox.push(problem());
    runTimers();
    outbox.push(problem());
    expect(send).toHaveBeenCalledOnce();
    expect(waiting).toEqual([]);
  });

  test("makes a stack text only when the event is sent, and once", () => {
    const { outbox, subscribe, runTimers } = setup();
    const trace = vi.fn<() => string>(() => "at app.js:1:1");
    const call: UnnumberedEvent = {
      kind: "method-called",
      callId: "c",
      method: "sendAppMessage",
      payload: { json: "1", chars: 1, bytes: 1 },
      by: "page",
      outcome: "returned",
    };
    outbox.open().complete(call, trace);
    expect(trace).not.toHaveBeenCalled();
    subscribe();
    subscribe();
    runTimers();
    expect(trace).toHaveBeenCalledOnce();
  });
});

describe("what a page does to its builtins", () => {
  const sentBy = (record: (outbox: ReturnType<typeof createOutbox>) => void, limits = {}) => {
    const { outbox, runTimers } = setup({ limits });
    const events: { seq: number; kind: string; message?: string; stack?: string }[] = [];
    record(outbox);
    outbox.subscribe(0, (text) => {
      events.push(...(JSON.parse(text) as { events: typeof events }).events);
      return true;
    });
    runTimers();
    return events;
  };
  const call = (json: string): UnnumberedEvent => ({
    kind: "method-called",
    callId: "c",
    method: "sendAppMessage",
    payload: { json, chars: json.length, bytes: json.length },
    by: "page",
    outcome: "returned",
    to: ["a", "b"],
  });

  test("toJSON of all arrays and objects changes no envelope", () => {
    const mine = { writable: true, configurable: true, enumerable: false };
    for (const prototype of [Array.prototype, Object.prototype] as object[]) {
      Object.defineProperty(prototype, "toJSON", { ...mine, value: () => "theirs" });
      try {
        expect(sentBy((outbox) => outbox.push(call("1")))[0]).toMatchObject({ to: ["a", "b"] });
      } finally {
        Reflect.deleteProperty(prototype, "toJSON");
      }
    }
  });

  test("a stack that can't be read costs the stack, not the event", () => {
    const trace = () => {
      throw new TypeError("prepareStackTrace");
    };
    const sent = sentBy((outbox) => {
      outbox.open().complete(call("1"), trace);
      outbox.push(problem());
    });
    expect(sent.map(({ seq, stack }) => [seq, stack])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  test("an event too long for any port is replaced by a note, and the others go on", () => {
    const sent = sentBy(
      (outbox) => {
        outbox.push(problem());
        outbox.push(call("x".repeat(2_000)));
        outbox.push(problem());
      },
      { textChars: 1_000 },
    );
    expect(sent.map(({ seq, kind, message }) => [seq, kind, message])).toEqual([
      [1, "capture-problem", "p"],
      [2, "capture-problem", "too long, or not JSON"],
      [3, "capture-problem", "p"],
    ]);
  });
});

test("once stopped it keeps nothing: neither what was there, what was open, nor what comes", () => {
  const { outbox, subscribe, batches, runTimers } = setup();
  times(3, () => outbox.push(problem()));
  const slot = outbox.open();
  outbox.stop();
  slot.complete(problem());
  times(3, () => outbox.push(problem()));
  subscribe();
  outbox.push(problem());
  runTimers();
  outbox.flush();
  expect(batches).toEqual([]);
});

test("whatever happens, each subscriber gets every kept event once and in order", () => {
  const step = fc.constantFrom("push", "open", "complete", "subscribe", "timer");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const waiting: (() => void)[] = [];
      const outbox = createOutbox({
        now: () => 1,
        later: (run) => waiting.push(run),
        limits: { batchEvents: 3 },
      });
      const slots: ReturnType<typeof outbox.open>[] = [];
      const received: number[][] = [];
      let last = 0;
      for (const each of steps) {
        if (each === "push" || each === "open") last++;
        if (each === "push") outbox.push(problem());
        if (each === "open") slots.push(outbox.open());
        if (each === "complete") slots.pop()?.complete(problem());
        if (each === "timer") waiting.shift()?.();
        if (each === "subscribe") {
          const mine: number[] = [];
          received.push(mine);
          outbox.subscribe(0, (text) => {
            mine.push(...(JSON.parse(text) as PageBatch).events.map(({ seq }) => seq));
            return true;
          });
        }
      }
      for (const slot of slots) slot.complete(problem());
      while (waiting.length > 0) waiting.shift()?.();
      for (const mine of received) expect(mine).toEqual(range(1, last));
    }),
  );
});
