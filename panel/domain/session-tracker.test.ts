import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { toPayload } from "../../extension/protocol/payload";
import { applyUpdate, enqueue, type SessionData, type SessionUpdate } from "./merge";
import { createSessionTracker, dataOf } from "./session-tracker";

/** A tracker fed by short sentences; numbers count by themselves. */
function story() {
  const tracker = createSessionTracker();
  let seq = 0;
  return {
    tracker,
    writes(at: number, data: object, strategy = "shallow-merge", ...keysToDelete: string[]) {
      tracker.wrote(++seq, at, toPayload(data), strategy, keysToDelete, undefined);
      return seq;
    },
    state(at: number, data: object) {
      tracker.updated(++seq, at, toPayload(data));
      return seq;
    },
    fails: (at: number) => tracker.failed(++seq, at, "too large"),
    fate: (write: number) => tracker.writes.get(write)?.fate,
  };
}

describe("the fate of a write", () => {
  test("waits, then is synced", () => {
    const { writes, state, fate } = story();
    const write = writes(100, { a: 1 });
    expect(fate(write)).toEqual({ kind: "queued", expectedAt: 1_100 });
    const by = state(1_050, { a: 1 });
    expect(fate(write)).toEqual({ kind: "synced", by, afterMs: 950 });
  });

  test("goes out with later writes of its window", () => {
    const { writes, state, fate } = story();
    const [first, second, third] = [
      writes(0, { a: 1 }),
      writes(10, { a: 2, b: 1 }),
      writes(20, { b: 2 }),
    ];
    const by = state(1_000, { a: 2, b: 2 });
    expect(fate(first)).toEqual({
      kind: "coalesced",
      into: third,
      by,
      afterMs: 1_000,
      lostKeys: ["a"],
    });
    expect(fate(second)).toEqual({
      kind: "coalesced",
      into: third,
      by,
      afterMs: 990,
      lostKeys: ["b"],
    });
    expect(fate(third)).toEqual({ kind: "synced", by, afterMs: 980 });
  });

  test("is lost to a replace in the same window", () => {
    const { writes, state, fate } = story();
    state(0, { old: 1 });
    const [merge, replace] = [writes(10, { a: 1 }), writes(20, { b: 1 }, "replace")];
    const by = state(1_000, { b: 1 });
    expect(fate(merge)).toMatchObject({ kind: "coalesced", into: replace, by, lostKeys: ["a"] });
  });

  test("deletes a key", () => {
    const { writes, state, fate } = story();
    state(0, { a: 1, b: 1 });
    const write = writes(10, {}, "shallow-merge", "a");
    state(1_000, { b: 1 });
    expect(fate(write)).toMatchObject({ kind: "synced" });
  });

  test("waits on while only somebody else's change arrives", () => {
    const { writes, state, fate, tracker } = story();
    const write = writes(0, { a: 1 });
    state(500, { theirs: 1 });
    expect(fate(write)?.kind).toBe("queued");
    state(1_000, { theirs: 1, a: 1 });
    expect(fate(write)?.kind).toBe("synced");
    expect(tracker.versions.map(({ author }) => author)).toEqual(["found", "page"]);
  });

  test("is found even when it arrives together with somebody else's", () => {
    const { writes, state, fate } = story();
    const write = writes(0, { a: 1 });
    state(1_000, { theirs: 1, a: 1 });
    expect(fate(write)?.kind).toBe("synced");
  });

  test("is overwritten by somebody else right after", () => {
    const { writes, state, fate, tracker } = story();
    const write = writes(0, { a: 1, b: 1 });
    const synced = state(1_000, { a: 1, b: 1 });
    const by = state(1_500, { a: 2, b: 1 });
    expect(fate(write)).toEqual({ kind: "overwritten", by, afterMs: 1_500, keys: ["a"] });
    expect(tracker.conflicts).toEqual([
      { kind: "overwritten", keys: ["a"], evidence: [write, synced, by], at: 1_500 },
    ]);
  });

  test("a change much later is just a change", () => {
    const { writes, state, fate, tracker } = story();
    const write = writes(0, { a: 1 });
    state(1_000, { a: 1 });
    state(60_000, { a: 2 });
    expect(fate(write)?.kind).toBe("synced");
    expect(tracker.conflicts).toEqual([]);
  });

  test("fails, and what was written after that waits on", () => {
    const { writes, fails, state, fate } = story();
    const [first, later] = [writes(0, { a: 1 }), writes(1_500, { b: 1 })];
    fails(1_600);
    expect(fate(first)).toMatchObject({ kind: "failed", message: "too large" });
    state(2_500, { b: 1 });
    expect(fate(later)?.kind).toBe("synced");
  });

  test("an empty merge is nothing", () => {
    const { writes, fate } = story();
    expect(fate(writes(0, {}))).toEqual({ kind: "nothing" });
  });

  test("is lost when the page leaves first", () => {
    const { writes, fate, tracker } = story();
    const write = writes(0, { a: 1 });
    tracker.left();
    expect(fate(write)).toEqual({ kind: "lost" });
  });
});

describe("writers who get in each other's way", () => {
  test("a replace over a change that the page had not seen", () => {
    const { writes, state, tracker } = story();
    state(0, { a: 1 });
    const write = writes(100, { a: 2 }, "replace");
    const theirs = state(500, { a: 1, votes: 7 });
    const ours = state(1_100, { a: 2 });
    expect(tracker.conflicts).toEqual([
      { kind: "overwrote", keys: ["votes"], evidence: [theirs, write, ours], at: 1_100 },
    ]);
  });

  test("a key that changes hands again and again", () => {
    const { writes, state, tracker } = story();
    for (const [at, value] of [
      [0, 1],
      [4_000, 3],
    ] as const) {
      writes(at, { stage: value });
      state(at + 1_000, { stage: value });
      state(at + 3_500, { stage: value + 1 });
    }
    expect(tracker.conflicts).toMatchObject([
      { kind: "flip-flop", keys: ["stage"], evidence: [2, 3, 5, 6] },
    ]);
  });
});

/**
 * A room played by its rules: this page's writes wait in its queue, both sides flush when they like, and every flush is
 * one state. The tracker sees the writes and states only, and must tell what the room did.
 */
test("the fate told is what the room did, whoever writes what and when", () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("write" as const),
        key: fc.nat(3),
        isReplace: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("theirs" as const),
        key: fc.nat(3),
        isReplace: fc.boolean(),
      }),
    },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { tracker, writes, state } = story();
      let room: SessionData = {};
      let queue: SessionUpdate | undefined;
      let inQueue: number[] = [];
      const truth = new Map<number, { into: number; by: number }>();
      steps.forEach((each, time) => {
        const at = time * 100;
        if (each.do === "flush") {
          if (!queue) return;
          room = applyUpdate(room, queue);
          const by = state(at, room);
          for (const write of inQueue) truth.set(write, { into: inQueue.at(-1) as number, by });
          queue = undefined;
          inQueue = [];
          return;
        }
        const strategy = each.isReplace ? "replace" : "shallow-merge";
        // Every value is a new one, so that no state can be explained in two ways.
        const update: SessionUpdate = {
          strategy,
          data: { [`k${each.key}`]: time },
          keysToDelete: [],
        };
        if (each.do === "write") {
          queue = enqueue(queue, update);
          inQueue.push(writes(at, update.data, strategy));
        } else {
          room = applyUpdate(room, update);
          state(at, room);
        }
      });
      expect(dataOf(tracker.versions.at(-1))).toEqual(room);
      expect(tracker.waiting.map(({ seq }) => seq)).toEqual(inQueue);
      for (const [seq, { into, by }] of truth) {
        const fate = tracker.writes.get(seq)?.fate;
        if (fate?.kind === "coalesced") expect([seq, fate.into, fate.by]).toEqual([seq, into, by]);
        else if (fate?.kind === "synced") expect([seq, fate.by]).toEqual([into, by]);
        else expect([seq, fate?.kind]).toEqual([into, "overwritten"]);
      }
    }),
    { numRuns: 3_000 },
  );
});
