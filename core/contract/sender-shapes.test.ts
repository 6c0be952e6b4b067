import fc from "fast-check";
import { expect, test } from "vitest";

import { printPath } from "../lib/paths";
import { jsonValues, typed } from "../testing/contract-samples";
import { createSenderShapes, type SenderShapes } from "./sender-shapes";

type Sent = readonly [sender: string | undefined, rest: object];

function shapesOf(sent: readonly Sent[]): SenderShapes {
  const shapes = createSenderShapes();
  for (const [n, [sender, rest]] of sent.entries()) {
    const { key, value, occasion } = typed("chat", rest);
    shapes.take(key, value, { ...occasion, sender, seq: n + 1, callId: "call-1" });
  }
  return shapes;
}

const told = (shapes: SenderShapes): string[] =>
  shapes.splits().map(({ kind, label, path, groups }) => {
    const who = groups.map(
      ({ has, senders }) =>
        `${has || "nothing"} from ${senders.map(({ sender, count, first }) => `${sender} (${count} from #${first.seq})`).join(", ")}`,
    );
    return `${kind} ${label} ${printPath(path)}: ${who.join("; ")}`;
  });

/** The same message several times. */
const times = (count: number, sender: string | undefined, rest: object): Sent[] =>
  Array.from({ length: count }, () => [sender, rest] as const);

test("a field that some always send and others never do is told, the outermost one", () => {
  const sent = [
    ...times(6, "ada", { v: { a: 1 }, list: [{ x: 1, y: 1 }] }),
    ...times(5, "bob", { list: [{ x: 1 }] }),
    ...times(7, "cy", { v: { a: 1 }, list: [{ x: 1 }] }),
  ];
  expect(told(shapesOf(sent))).toEqual([
    "field chat v: present from cy (7 from #12), ada (6 from #1); absent from bob (5 from #7)",
    "field chat list[*].y: absent from cy (7 from #12), bob (5 from #7); present from ada (6 from #1)",
  ]);
});

test("so are types that have nothing in common", () => {
  const sent = [
    ...times(5, "ada", { at: 1, to: null }),
    ...times(5, "bob", { at: 1.5, to: "x" }),
    ...times(5, "cy", { at: "today", to: null }),
  ];
  expect(told(shapesOf(sent))).toEqual([
    "type chat at: number from ada (5 from #1), bob (5 from #6); string from cy (5 from #11)",
  ]);
});

test("what anyone sends only sometimes is optional, and few messages say nothing", () => {
  const full = { text: "a", to: 1 };
  expect(told(shapesOf([...times(9, "ada", full), ...times(4, "bob", { text: "a" })]))).toEqual([]);
  const both = [...times(9, "ada", full), ...times(9, "bob", { text: "a" })];
  expect(told(shapesOf(both))).toHaveLength(1);
  const sometimes: Sent[] = [
    ["cy", full],
    ["cy", { text: "a" }],
  ];
  expect(told(shapesOf([...both, ...sometimes]))).toEqual([]);
  const mixed = [
    ...times(5, "ada", { a: 1 }),
    ...times(5, "bob", { a: "x" }),
    ["bob", { a: 1 }] as const,
  ];
  expect(told(shapesOf(mixed))).toEqual([]);
});

test("who has which key of a dictionary is data", () => {
  const letters = Array.from(
    { length: 65 },
    (_, n) => `k${"abcdefgh"[n % 8]}${"klmnopqrs"[n >> 3]}`,
  );
  const many = Object.fromEntries(letters.map((key) => [key, key.length]));
  const voters = (...votes: object[]) =>
    votes.flatMap((each, place) => times(9, `p${place}`, { votes: each }));
  for (const votes of [
    [many, { b: 1 }, { "17": 1 }],
    [{ ada: 1 }, { bob: 1 }],
    [
      { ada: 1, bob: 1, cy: 1 },
      { ada: 1, bob: 2 },
    ],
  ])
    expect(told(shapesOf(voters(...votes)))).toEqual([]);
  expect(told(shapesOf(voters({ text: "a", lang: "b" }, { text: "a" })))).toHaveLength(1);
});

test("only the first 20 senders are compared, and a message without one isn't", () => {
  const many = Array.from({ length: 21 }, (_, n) =>
    times(5, `p${n}`, n === 20 ? {} : { a: 1 }),
  ).flat();
  expect(told(shapesOf([...many, ...times(9, undefined, {})]))).toEqual([]);
});

test("senders of the same values never differ, in whatever order they send", () => {
  fc.assert(
    fc.property(fc.array(jsonValues, { minLength: 1, maxLength: 6 }), (values) => {
      const sent = values.flatMap((value) =>
        ["ada", "bob"].flatMap((sender) => times(5, sender, { value })),
      );
      expect(shapesOf(sent).splits()).toEqual([]);
      expect(shapesOf([...sent].reverse()).splits()).toEqual([]);
    }),
  );
});

test("splits are found as messages come", () => {
  const shapes = shapesOf(times(9, "ada", { a: 1 }));
  expect(shapes.splits()).toEqual([]);
  for (const [n, sender] of Array.from({ length: 5 }, () => "bob").entries()) {
    const { key, value, occasion } = typed("chat", {});
    shapes.take(key, value, { ...occasion, sender, seq: 10 + n, callId: "call-1" });
  }
  expect(shapes.splits()).toHaveLength(1);
});
