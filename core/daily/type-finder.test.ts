import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { contentOf, messageType, readTypePath } from "./message-type";
import { createTypeFinder } from "./type-finder";

const pathOf = (messages: readonly unknown[], times = 6): string | undefined => {
  const finder = createTypeFinder();
  for (let round = 0; round < times; round++) for (const message of messages) finder.learn(message);
  return finder
    .path()
    ?.map((path) => path.join("."))
    .join("+");
};

describe("where an app has its type", () => {
  test.each<[string, unknown[], string | undefined]>([
    [
      "a field",
      [
        { type: "chat", text: "Hello" },
        { type: "move", x: 1 },
      ],
      "type",
    ],
    ["one kind of message only", [1, 2].map((n) => ({ type: "chat", text: `Hello ${n}` })), "type"],
    [
      "a field, beside keys that are ids",
      Array.from({ length: 90 }, (_, n) => ({ kind: n % 2 ? "a" : "b", [`id${n}`]: "x" })),
      "kind",
    ],
    [
      "not the sender",
      ["Ada", "Bob", "Cy"].flatMap((from) => [
        { kind: "chat", from, text: "Hello there" },
        { kind: "wave", from },
      ]),
      "kind",
    ],
    ["inside", [{ msg: { type: "a", x: 1 } }, { msg: { type: "b", y: "1" } }], "msg.type"],
    [
      "a name of its own",
      [
        { what: "a", x: 1 },
        { what: "b", y: 1 },
        { what: "c", z: true },
      ],
      "what",
    ],
    [
      "an event, where the type is always the same",
      [
        { type: "event", event: "joined", who: "Ada L" },
        { type: "event", event: "scored", points: 3 },
      ],
      "event",
    ],
    [
      "two fields together",
      [
        { type: "poll", action: "open", question: "Why so?" },
        { type: "poll", action: "vote", choice: 1 },
        { type: "chat", action: "open", room: 7 },
        { type: "chat", action: "vote", up: true },
      ],
      "type+action",
    ],
    [
      "a label and a type",
      [
        { label: "game", type: "start", level: 1 },
        { label: "chat", type: "start", topic: 7 },
        { label: "game", type: "stop", score: 1 },
        { label: "chat", type: "stop", reason: true },
      ],
      "label+type",
    ],
    [
      "a label that is always the same",
      [
        { label: "app", type: "a", x: 1 },
        { label: "app", type: "b" },
      ],
      "type",
    ],
    ["JSON text", ['{"type":"a","x":1}', '{"type":"b"}'], "type"],
    ["no place", [{ x: 1 }, { y: "Hello there" }, [1], "text", 7, null], undefined],
    ["texts", Array.from({ length: 30 }, (_, n) => ({ text: `t${n}`, user: `u${n}` })), undefined],
    [
      "people, who each have their own role",
      [
        { who: "ada", x: 1 },
        { who: "bob", y: 1 },
      ],
      undefined,
    ],
  ])("%s", (_, messages, path) => {
    expect(pathOf(messages)).toBe(path);
  });

  test("a few messages aren't enough, and what was found stays", () => {
    expect(pathOf([{ type: "a", x: 1 }], 7)).toBeUndefined();
    const finder = createTypeFinder();
    for (let n = 0; n < 20; n++) finder.learn({ type: n % 2 ? "a" : "b", n });
    expect(finder.path()).toEqual([["type"]]);
    for (let n = 0; n < 20; n++) finder.learn({ type: n % 2 ? "a" : "b", kind: n % 3 ? "x" : "y" });
    expect(finder.path()).toEqual([["type"]]);
    expect(finder.candidates()[0]).toEqual({
      path: [["type"]],
      share: 1,
      count: 2,
      examples: ["b", "a"],
    });
  });

  test("whatever is learned", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 40 }), (messages) => {
        const finder = createTypeFinder();
        for (const message of messages) finder.learn(message);
        const path = finder.path();
        for (const message of messages)
          contentOf(message, messageType(message, path ?? [["type"], ["a", "b"]]));
      }),
    );
  });
});

test.each([
  ["type", [["type"]]],
  ["msg.type", [["msg", "type"]]],
  ["label + type", [["label"], ["type"]]],
  ['["my type"].x', [["my type", "x"]]],
  ["", undefined],
  ["a..b", undefined],
  ["a+", undefined],
  ["a b", undefined],
  ['["a"b', undefined],
])("a path as it is typed: %s", (text, path) => {
  expect(readTypePath(text)).toEqual(path);
});

test.each<[unknown, string, string | undefined, unknown]>([
  [{ type: "x", name: "n", a: 1 }, "name", "n", { type: "x", a: 1 }],
  [{ label: "l", type: "x", a: 1 }, "label+type", "l x", { a: 1 }],
  [{ head: { what: 7 }, a: 1 }, "head.what", "7", { head: {}, a: 1 }],
  [{ type: "x", a: 1 }, "name", "x", { a: 1 }],
  [{ message: { is: "x", a: 1 } }, "message.is", "x", { a: 1 }],
])("the type of %j by %s", (data, path, label, content) => {
  const type = messageType(data, readTypePath(path));
  expect([type?.label, contentOf(data, type)]).toEqual([label, content]);
});
