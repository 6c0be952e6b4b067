import { describe, expect, test } from "vitest";

import { toPayload } from "../../extension/protocol/payload";
import { createSessionTracker } from "./session-tracker";

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

  test("is overwritten by somebody else right after, who may have answered it", () => {
    const { writes, state, fate, tracker } = story();
    const write = writes(0, { a: 1, b: 1 });
    state(1_000, { a: 1, b: 1 });
    const by = state(1_500, { a: 2, b: 1 });
    expect(fate(write)).toEqual({ kind: "overwritten", by, afterMs: 1_500, keys: ["a"] });
    expect(tracker.conflicts.size).toBe(0);
  });

  test("a change much later is just a change", () => {
    const { writes, state, fate, tracker } = story();
    const write = writes(0, { a: 1 });
    state(1_000, { a: 1 });
    state(60_000, { a: 2 });
    expect(fate(write)?.kind).toBe("synced");
    expect([...tracker.conflicts.values()]).toEqual([]);
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
    expect([...tracker.conflicts.values()]).toEqual([
      { kind: "overwrote", keys: ["votes"], evidence: [theirs, write, ours], at: 1_100, times: 1 },
    ]);
  });

  test("somebody who wrote from the state before this page's write", () => {
    const { writes, state, tracker } = story();
    state(0, { a: 1, votes: 1 });
    const write = writes(100, { a: 2 });
    const ours = state(1_100, { a: 2, votes: 1 });
    const theirs = state(1_500, { a: 1, votes: 2 });
    expect([...tracker.conflicts.values()]).toEqual([
      { kind: "overwritten", keys: ["a"], evidence: [write, ours, theirs], at: 1_500, times: 1 },
    ]);
  });

  test("what the page wrote last of a window, it wrote knowing", () => {
    const { writes, state, tracker } = story();
    state(0, { b: 0 });
    writes(100, { a: 1 });
    state(500, { b: 7 });
    writes(600, { b: 8 });
    state(1_100, { a: 1, b: 8 });
    expect([...tracker.conflicts.values()]).toEqual([]);
  });

  test("a key that two keep setting back", () => {
    const { writes, state, tracker } = story();
    state(0, { stage: "Bob" });
    for (const at of [1_000, 4_000, 7_000]) {
      writes(at, { stage: "Ada" });
      state(at + 1_000, { stage: "Ada" });
      state(at + 2_500, { stage: "Bob" });
    }
    expect([...tracker.conflicts.values()]).toMatchObject([
      { kind: "flip-flop", keys: ["stage"], times: 5, evidence: [6, 7, 9, 10] },
    ]);
  });

  test("turns that are taken are no quarrel", () => {
    const { writes, state, tracker } = story();
    state(0, { count: 0, slide: 0, turn: "Ada", move: 0 });
    for (let n = 1; n < 20; n += 2) {
      const at = n * 1_500;
      const mine = { count: n, slide: n, turn: "Bob", move: n };
      writes(at, mine, "replace");
      state(at + 1_000, mine);
      state(at + 1_500, { count: n + 1, slide: n - 1, turn: "Ada", move: n + 1 });
    }
    expect([...tracker.conflicts.values()]).toEqual([]);
  });
});

describe("a write that never shows", () => {
  test("does not hold up those after it", () => {
    const { writes, state, fate } = story();
    const lost = writes(0, { a: 1 });
    state(1_000, { a: 2 });
    const next = writes(2_000, { b: 1 });
    state(3_000, { a: 2, b: 1 });
    expect(fate(lost)).toEqual({ kind: "unconfirmed" });
    expect(fate(next)?.kind).toBe("synced");
  });

  test("a flood is told apart by what is in the state", () => {
    const { writes, state, tracker } = story();
    const all = Array.from({ length: 1_300 }, (_, n) => writes(n, { n }));
    state(1_000, { n: 999 });
    expect(tracker.waiting.map(({ seq }) => seq)).toEqual(all.slice(1_000));
    expect(tracker.unseen()).toBe(999);
  });

  test("a topology change confirms nothing", () => {
    const { writes, state, fate } = story();
    state(0, { a: 1 });
    const write = writes(100, { a: 1 });
    state(150, { a: 1 });
    expect(fate(write)?.kind).toBe("queued");
    state(1_100, { a: 1 });
    expect(fate(write)?.kind).toBe("synced");
  });
});

test("what this page replaced itself, nobody else is blamed for", () => {
  const { writes, state, fate } = story();
  const first = writes(0, { v: 1 });
  state(500, { v: 1 });
  const second = writes(600, { v: 2 });
  state(1_100, { v: 2 });
  state(1_500, { v: 3 });
  expect(fate(first)?.kind).toBe("synced");
  expect(fate(second)?.kind).toBe("overwritten");
});

test("the first state of another meeting is nobody's change", () => {
  const { writes, state, tracker } = story();
  writes(0, { a: 1 });
  state(1_000, { a: 1 });
  tracker.left();
  state(1_500, {});
  expect(tracker.versions.at(-1)?.author).toBe("found");
  expect([...tracker.conflicts.values()]).toEqual([]);
});

test("a state too deep to be compared is survived", () => {
  const { writes, fate, tracker } = story();
  const write = writes(0, { a: 1 });
  const json = `{"deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  tracker.updated(2, 500, { json, chars: json.length, bytes: json.length });
  tracker.updated(3, 1_000, toPayload({ a: 1 }));
  expect(fate(write)?.kind).toBe("synced");
});
