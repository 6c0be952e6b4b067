import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { toPayload } from "../../extension/protocol/payload";
import { differences, largestPaths } from "../lib/paths";
import { contentOf, messageType } from "../daily/message-type";
import { createUserDataTracker } from "../daily/user-data-tracker";

describe("the type of a message", () => {
  test.each([
    [{ kind: "reaction" }, "reaction"],
    [{ type: "move", kind: "x" }, "move"],
    ['{"type":"status-update","status":"ended"}', "status-update"],
    ["[1]", "JSON text"],
    ["playable", "playable"],
    ["two words", undefined],
    [{ message: { type: "request-state" } }, "request-state"],
    [{ msg: "make-speaker" }, "make-speaker"],
    [{ cmd: "mute" }, "mute"],
    [{ message: { cmd: "mute" } }, "mute"],
    [{ msg: "listening" }, "listening"],
    [{ t: "see you there" }, "{t}"],
    [{ type: `${"very-".repeat(10)}long` }, `${"very-".repeat(10)}long`],
    [{ msg: "hello there", name: "Ada" }, "{msg, name}"],
    [{ isGameStarted: true }, "{isGameStarted}"],
    [{ event_type: "joined" }, "joined"],
    [{ a: 1, b: 2, c: 3, d: 4 }, "{a, b, c, …}"],
    [{}, undefined],
    ["{not json", undefined],
    [{ text: "hi" }, "{text}"],
    [{ type: 7 }, "{type}"],
    [null, undefined],
    [[{ type: "x" }], undefined],
  ])("%j", (data, label) => {
    expect(messageType(data)?.label).toBe(label);
  });
});

test.each<[unknown, unknown]>([
  [{ type: "chat", text: "hi" }, { text: "hi" }],
  [{ type: "ping" }, undefined],
  [{ message: { type: "say", text: "hi" } }, { text: "hi" }],
  [{ message: { type: "request-state" } }, undefined],
  [{ data: { text: "hi" } }, { data: { text: "hi" } }],
  ["listening", "listening"],
])("what %j says beside its type", (data, content) => {
  expect(contentOf(data, messageType(data))).toEqual(content);
});

describe("what takes most of a payload", () => {
  test("the largest places first, what only wraps them left out", () => {
    const value = { wrapper: { image: "x".repeat(100), list: ["y".repeat(90)] }, n: 1 };
    expect(largestPaths(value, 3)).toEqual([
      { path: "wrapper", chars: '"wrapper":{"image":"","list":[""]}'.length + 190 },
      { path: "wrapper.image", chars: '"image":""'.length + 100 },
      { path: "wrapper.list[0]", chars: '""'.length + 90 },
    ]);
  });

  test("odd keys are written as in code", () => {
    expect(largestPaths({ "a b": { c: "x".repeat(100) } })[0]?.path).toBe('["a b"].c');
  });

  test("no place is larger than the whole, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const { chars } of largestPaths(value, 100)) {
          expect(chars).toBeLessThanOrEqual(JSON.stringify(value).length);
        }
      }),
    );
  });
});

test("differences tell what came, went and changed", () => {
  const before = { stage: { name: "Bob" }, votes: [1, 2], old: true };
  const after = { stage: { name: "Cy" }, votes: [1, 2, 3], "new key": 1 };
  expect(differences(before, after)).toEqual([
    { kind: "changed", path: "stage.name", before: "Bob", after: "Cy" },
    { kind: "added", path: "votes[2]", after: 3 },
    { kind: "removed", path: "old", before: true },
    { kind: "added", path: '["new key"]', after: 1 },
  ]);
  expect(differences(undefined, { a: 1 })).toEqual([{ kind: "added", path: "", after: { a: 1 } }]);
  expect(differences(1, 1)).toEqual([]);
});

describe("user data", () => {
  function setup() {
    const tracker = createUserDataTracker();
    let seq = 0;
    return {
      tracker,
      set(at: number, value: unknown, valueType = "object") {
        tracker.wrote(++seq, at, toPayload(value), undefined);
        tracker.settled(seq, at + 5, { outcome: "resolved", valueType });
        return seq;
      },
      fate: (write: number) => tracker.writes.get(write)?.fate.kind,
    };
  }

  test("a value that is replaced at once probably reached no one else", () => {
    const { set, tracker } = setup();
    const [first, second, third] = [set(0, 1), set(300, 2), set(5_000, 3)];
    expect([first, second, third].map((seq) => tracker.writes.get(seq)?.replacedAfterMs)).toEqual([
      300,
      undefined,
      undefined,
    ]);
  });

  test("an equal value is set in silence", () => {
    const { set, fate } = setup();
    expect([set(0, { a: 1 }), set(10, { a: 1 })].map(fate)).toEqual(["set", "silent"]);
  });

  test("compared is what was asked for last, by value and not by text", () => {
    const tracker = createUserDataTracker();
    const ask = (seq: number, value: unknown) =>
      tracker.wrote(seq, 0, toPayload(value), toPayload({ hand: "down" }));
    ask(1, { hand: "up", n: 1 });
    ask(2, { hand: "down" });
    ask(3, { hand: "down" });
    for (const seq of [1, 2, 3])
      tracker.settled(seq, 5, { outcome: "resolved", valueType: "object" });
    const writes = [1, 2, 3].map((seq) => tracker.writes.get(seq));
    expect(writes.map((write) => write?.fate.kind)).toEqual(["set", "set", "silent"]);
    expect(writes.map((write) => write?.replacedAfterMs)).toEqual([0, undefined, undefined]);
  });

  test("a join that brings another value makes a new start", () => {
    const { set, fate, tracker } = setup();
    const before = set(0, { a: 1 });
    tracker.joined(9, toPayload({ b: 1 }));
    tracker.wrote(10, 20, toPayload({ a: 1 }), toPayload({ b: 1 }));
    tracker.settled(10, 25, { outcome: "resolved", valueType: "object" });
    expect([before, 10].map(fate)).toEqual(["set", "set"]);
  });

  test("of two values stored before the join, the first never goes out", () => {
    const { set, tracker } = setup();
    const [first, second] = [set(0, 1, "undefined"), set(10, 2, "undefined")];
    tracker.joined(9, toPayload(2));
    expect(tracker.writes.get(first)?.fate).toEqual({ kind: "stored", isReplaced: true });
    expect(tracker.writes.get(second)?.fate).toEqual({ kind: "stored", by: 9 });
  });

  test("what is set outside of a call is stored, and goes out with the join", () => {
    const { set, fate, tracker } = setup();
    const write = set(0, { a: 1 }, "undefined");
    expect(fate(write)).toBe("stored");
    tracker.joined(9, toPayload({ a: 1 }));
    expect(tracker.writes.get(write)?.fate).toEqual({ kind: "stored", by: 9 });
  });
});
