import fc from "fast-check";
import { expect, test } from "vitest";

import { toPayload } from "../../extension/protocol/payload";
import { applyUpdate, enqueue, type SessionData, type SessionUpdate } from "./merge";
import { createSessionTracker, dataOf } from "./session-tracker";

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
      const tracker = createSessionTracker();
      let seq = 0;
      const state = (at: number, data: object) => (
        tracker.updated(++seq, at, toPayload(data)),
        seq
      );
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
          tracker.wrote(++seq, at, toPayload(update.data), strategy, [], undefined);
          inQueue.push(seq);
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
