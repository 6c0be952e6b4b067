import { describe, expect, test } from "vitest";

import { toPayload } from "../../extension/protocol/payload";
import { keyHistory } from "./key-history";
import { story } from "../testing/session-story";
import { describeSync } from "./session-write";

describe("the fate of a write", () => {
  test("waits, then is synced", () => {
    const { writes, state, fate } = story();
    const write = writes(100, { a: 1 });
    expect(fate(write)).toEqual({ kind: "queued", expectedAt: 1_100 });
    const by = state(1_050, { a: 1 });
    expect(fate(write)).toEqual({ kind: "synced", by, afterMs: 950 });
  });

  test("is synced whatever its keys are named", () => {
    const { writes, state, fate } = story();
    const text = '{"constructor":{"p":1},"__proto__":{"p":1}}';
    const data = () => JSON.parse(text) as Record<string, unknown>;
    const write = writes(100, data());
    state(1_050, data());
    expect(fate(write)).toMatchObject({ kind: "synced" });
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

  test("keeps waiting while only someone else's change arrives", () => {
    const { writes, state, fate, tracker } = story();
    const write = writes(0, { a: 1 });
    state(500, { theirs: 1 });
    expect(fate(write)?.kind).toBe("queued");
    state(1_000, { theirs: 1, a: 1 });
    expect(fate(write)?.kind).toBe("synced");
    expect(tracker.versions.map(({ author }) => author)).toEqual(["found", "page"]);
  });

  test("is found even when it arrives together with someone else's", () => {
    const { writes, state, fate } = story();
    const write = writes(0, { a: 1 });
    state(1_000, { theirs: 1, a: 1 });
    expect(fate(write)?.kind).toBe("synced");
  });

  test("is overwritten by someone else right after, who may have answered it", () => {
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
    expect(tracker.lostValues()).toBe(999);
    // Merging alone loses nothing.
    for (const key of ["a", "b", "c"]) writes(9_000, { [key]: 1 });
    state(10_000, { n: 999, a: 1, b: 1, c: 1 });
    expect(tracker.lostValues()).toBe(999);
  });

  test("merges of different keys lose nothing; of one key, each earlier value", () => {
    const { writes, state, tracker } = story();
    const merged = ["a", "b", "c", "d", "e"].map((key, at) => writes(at, { [key]: 1 }));
    const all = { a: 1, b: 1, c: 1, d: 1, e: 1 };
    state(1_000, all);
    const windowOf = (seq: number | undefined) => tracker.writeOf(seq ?? 0)?.window?.writes ?? [];
    expect(tracker.lostValues()).toBe(0);
    expect(describeSync(windowOf(merged[0]))).toBe("5 writes synced as one");

    const scores = [1, 2, 3, 4, 5].map((score, at) =>
      writes(5_000 + at, { score, [`s${score}`]: 0 }),
    );
    const rest = { s1: 0, s2: 0, s3: 0, s4: 0, s5: 0 };
    state(6_000, { ...all, score: 5, ...rest });
    expect(tracker.lostValues()).toBe(4);
    expect(describeSync(windowOf(scores[0]))).toBe(
      "5 writes synced as one; 4 earlier values of score were never sent",
    );
  });

  test("what was cleared before its sync is not counted for ever", () => {
    const { writes, state, tracker } = story();
    for (const x of [1, 2, 3]) writes(x, { x });
    tracker.forgetBefore(1_000_000);
    state(1_000, { x: 3 });
    expect(tracker.lostValues()).toBe(0);
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

test("no one else is blamed for what this page replaced itself", () => {
  const { writes, state, fate } = story();
  const first = writes(0, { v: 1 });
  state(500, { v: 1 });
  const second = writes(600, { v: 2 });
  state(1_100, { v: 2 });
  state(1_500, { v: 3 });
  expect(fate(first)?.kind).toBe("synced");
  expect(fate(second)?.kind).toBe("overwritten");
});

test("the first state of another meeting is no one's change", () => {
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

describe("what became of the values of a write", () => {
  const given = () => {
    const { writes, state, tracker } = story();
    const write = writes(0, { stage: "Ada", votes: 1 });
    state(900, { stage: "Ada", votes: 1 });
    return { writes, state, tracker, replacements: () => tracker.writes.get(write)?.replacements };
  };

  test("replaced by someone else, however much later", () => {
    const { state, replacements } = given();
    const by = state(60_000, { stage: "Bob", votes: 1 });
    expect(replacements()).toEqual([{ by, at: 60_000, keys: ["stage"], isOwn: false }]);
    state(61_000, { stage: "Cy", votes: 1 });
    expect(replacements()).toHaveLength(1);
  });

  test("replaced by a later write of this page, or deleted by it", () => {
    const { writes, state, replacements } = given();
    const by = writes(5_000, { votes: 2 });
    state(5_900, { stage: "Ada", votes: 2 });
    const replace = writes(9_000, { votes: 2 }, "replace");
    state(9_900, { votes: 2 });
    expect(replacements()).toEqual([
      { by, at: 5_900, keys: ["votes"], isOwn: true },
      { by: replace, at: 9_900, keys: ["stage"], isOwn: true },
    ]);
  });

  test("its key's history tells each change, by whom, and by which writes", () => {
    const { writes, state, tracker } = given();
    const first = writes(2_000, { stage: "Cy" });
    const second = writes(2_010, { stage: "Di" });
    state(2_900, { stage: "Di", votes: 1 });
    state(4_000, { votes: 1 });
    expect(
      keyHistory(tracker, "stage").map(({ before, after, author, writes: own }) => [
        before,
        after,
        author,
        own.map(({ seq }) => seq),
      ]),
    ).toEqual([
      [undefined, "Ada", "page", [1]],
      ["Ada", "Di", "page", [first, second]],
      ["Di", undefined, "other", []],
    ]);
  });
});
