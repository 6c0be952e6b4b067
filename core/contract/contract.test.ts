import fc from "fast-check";
import { expect, test } from "vitest";

import {
  jsonValues,
  known,
  learned,
  type Sample,
  samples,
  typed,
  untyped,
} from "../testing/contract-samples";
import {
  createContract,
  idOf,
  isPartialType,
  merge,
  type TypeContract,
  typeTextsOf,
} from "./contract";
import { accepts, type Departure, findDepartures } from "./departures";
import { exampleOf, fieldsOf, wordsOf } from "./reading";
import { countFields, createShape, isPartialShape, learn, MAX_FIELDS, type Shape } from "./shape";
import { printPath } from "../lib/paths";

function shapeOf(...values: unknown[]): Shape {
  const shape = createShape();
  const room = { fields: 400 };
  for (const value of values) learn(shape, value, room);
  return shape;
}

const typeOf = (messages: readonly Sample[]): TypeContract => {
  const [type] = learned(messages).types.values();
  if (!type) throw new Error("nothing was learned");
  return type;
};

/** The fields of values as lines: `text? string 1/3 (5…10)`. */
const told = (shape: Shape): string[] =>
  fieldsOf(shape).map(({ path, isOptional, kinds, words, range, sizes, seen, possible, isOpen }) =>
    [
      printPath(path) + (isOptional ? "?" : ""),
      kinds.map(({ kind, count }) => `${kind} ${count}`).join("|"),
      `${seen}/${possible}`,
      ...words.map(({ word, count }) => `${word}×${count}`),
      ...(range ? [`${range.min}…${range.max}`] : []),
      ...(sizes ? [`${sizes.min}…${sizes.max} items`] : []),
      ...(isOpen ? ["open"] : []),
    ].join(" "),
  );

test("a contract accepts every message that it was learned from", () => {
  fc.assert(
    fc.property(fc.array(samples, { maxLength: 12 }), (messages) => {
      const contract = learned(messages);
      for (const { key, value } of messages)
        expect(accepts(contract.types.get(idOf(key))?.shape as Shape, value)).toBe(true);
    }),
  );
});

test("merging two halves equals learning everything", () => {
  const some = fc.array(samples, { maxLength: 12 });
  fc.assert(
    fc.property(some, some, (first, second) => {
      const [a, b] = [learned(first), learned(second)];
      const before = known(a);
      expect(known(merge(a, b))).toEqual(known(learned([...first, ...second])));
      expect(known(merge(b, a))).toEqual(known(merge(a, b)));
      expect(known(a)).toEqual(before);
    }),
  );
});

test("the order of messages doesn't matter", () => {
  const shuffled = fc
    .array(samples, { maxLength: 12 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      expect(known(learned(other))).toEqual(known(learned(all)));
    }),
  );
});

/** Objects of more keys than a program names, in which each value may be one. */
const wide = fc
  .array(fc.tuple(fc.nat(40), jsonValues), { minLength: 20, maxLength: 45 })
  .map((entries) =>
    Object.fromEntries(entries.map(([n, value]) => [`k${String.fromCharCode(97 + n)}`, value])),
  );

test("so it is where objects become dictionaries, and merged", () => {
  const letters = (base: string) =>
    fc
      .tuple(wide, fc.constant(base))
      .map(([value, prefix]) =>
        Object.fromEntries(Object.entries(value).map(([key, each]) => [prefix + key, each])),
      );
  const values = fc.array(fc.oneof(letters("a"), letters("b"), letters("user")), { maxLength: 5 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const all = [...first, ...second];
      const key = { channel: "session-data", label: "" } as const;
      const of = (some: readonly unknown[]) => learned(some.map((value) => untyped(key, value)));
      // Past the bound of fields it depends on the order which are kept.
      const whole = of(all);
      fc.pre([...whole.types.values()].every((type) => !isPartialType(type)));
      for (const { room, shape } of whole.types.values())
        expect(room.fields).toBe(MAX_FIELDS - countFields(shape));
      expect(known(merge(of(first), of(second)))).toEqual(known(whole));
      expect(known(of([...all].reverse()))).toEqual(known(whole));
    }),
    { numRuns: 50, endOnFailure: true },
  );
});

test("what goes beyond its bounds is left out, said, and still accepted", () => {
  const name = (n: number) => `k${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))}`;
  const values = fc.constantFrom(1, "x", null, true, [], [{}]);
  const places = fc.array(fc.tuple(fc.nat(29), fc.nat(59), values), {
    minLength: 150,
    maxLength: 250,
  });
  const large = places.map((all) => {
    const outer: Record<string, Record<string, unknown>> = {};
    for (const [a, b, value] of all) (outer[name(a)] ??= {})[name(b)] = value;
    return outer;
  });
  fc.assert(
    fc.property(fc.array(large, { minLength: 4, maxLength: 8 }), fc.nat(8), (all, at) => {
      const key = { channel: "session-data", label: "" } as const;
      const of = (some: readonly unknown[]) => learned(some.map((value) => untyped(key, value)));
      for (const contract of [of(all), merge(of(all.slice(0, at)), of(all.slice(at)))])
        for (const { shape, room } of contract.types.values()) {
          expect(isPartialShape(shape)).toBe(true);
          expect(room.fields).toBe(MAX_FIELDS - countFields(shape));
          expect(room.fields).toBeGreaterThanOrEqual(0);
          for (const value of all) expect(accepts(shape, value)).toBe(true);
        }
    }),
    // Such large values take long to shrink.
    { numRuns: 20, endOnFailure: true },
  );
});

test("fields are optional, of several types, in arrays and under keys made at run time", () => {
  expect(
    told(
      shapeOf(
        { a: 1, list: [{ x: 1 }, { x: 2.5, y: null }], votes: { "17": true } },
        { a: "x y", list: [], votes: { "18": false, "19": true } },
        { a: 3, b: [[1], ["a b"]], list: [{ x: 3 }], votes: {} },
      ),
    ),
  ).toEqual([
    " object 3 3/3",
    "a integer 2|string 1 3/3 1…3",
    "list array 3 3/3 0…2 items",
    "list[*] object 3 3/3",
    "list[*].x integer 2|number 1 3/3 1…3",
    "list[*].y? null 1 1/3",
    "votes object 3 3/3",
    "votes[*] boolean 3 3/3",
    "b? array 1 1/3 2…2 items",
    "b[*] array 2 2/2 1…1 items",
    "b[*][*] integer 1|string 1 2/2 1…1",
  ]);
});

test("words that repeat are an enum; what someone wrote, names and secrets never are", () => {
  const messages = ["start", "stop", "start", "stop", "start", "start"].map((mode) => ({
    mode,
    text: "hi",
    userName: "ada",
    token: { kind: "admin" },
    state: "Hello there",
    session: "5f1c0a9be7d24463a8b1",
    pin: 1234,
    tags: ["live", "live"],
    names: ["ada"],
    votes: { "123e4567-e89b-12d3-a456-426614174000": "yes" },
  }));
  const shape = shapeOf(...messages);
  const words = fieldsOf(shape).flatMap(({ path, words: all }) =>
    all.map(({ word, count }) => `${printPath(path)}: ${word} ${count}`),
  );
  expect(words).toEqual(["mode: start 4", "mode: stop 2", "tags[*]: live 12"]);
  expect(shape.fields.get("pin")?.range).toBeUndefined();
  expect(JSON.stringify([...shape.fields].map(([, each]) => [...(each.words ?? [])]))).not.toMatch(
    /ada|hi|5f1c|admin|yes/,
  );
});

test("few texts aren't an enum yet, and many never are", () => {
  const modes = (count: number, times: number) =>
    shapeOf(
      ...Array.from(
        { length: count * times },
        (_, n) => `mode${String.fromCharCode(97 + (n % count))}`,
      ),
    );
  expect(wordsOf(modes(1, 4))).toBeUndefined();
  expect(wordsOf(modes(1, 5))).toEqual(["modea"]);
  expect(wordsOf(modes(12, 2))).toBeUndefined();
  expect(wordsOf(modes(12, 3))).toHaveLength(12);
  expect(wordsOf(modes(13, 3))).toBeUndefined();
  expect(modes(13, 3).words).toBeUndefined();
});

test("the text of a type is kept at the first message, in a field of any name", () => {
  const key = {
    channel: "app-message",
    label: "make speaker",
    typeTexts: [{ path: ["msg", "name"], text: "make speaker" }],
  } as const;
  const type = typeOf([untyped(key, { msg: { name: "make speaker", text: "make speaker" } })]);
  const inner = type.shape.fields.get("msg");
  expect(inner?.fields.get("name")?.words).toEqual(new Map([["make speaker", 1]]));
  expect(inner?.fields.get("text")?.words).toBeUndefined();
});

test("the texts of a type are read at the places where an app has them", () => {
  const paths = [["label"], ["type"], ["data", "t"], ["data", "none"]];
  expect(typeTextsOf({ label: "rtvi-ai", type: 1, data: { t: "sticker" } }, paths)).toEqual([
    { path: ["label"], text: "rtvi-ai" },
    { path: ["data", "t"], text: "sticker" },
  ]);
});

test("only what all messages say of their type counts", () => {
  const label = "chat";
  const [type, kind] = ["type", "kind"].map((name) => ({ path: [name], text: label }));
  const both = untyped({ channel: "app-message", label, typeTexts: [type, kind] as never }, {});
  const one = untyped({ channel: "app-message", label, typeTexts: [kind] as never }, {});
  expect(typeOf([both, one]).typeTexts).toEqual([kind]);
  expect(typeOf([both, one, untyped({ channel: "app-message", label }, {})]).typeTexts).toEqual([]);
});

test("a type whose name looks private isn't named", () => {
  const label = "ada@example.com";
  const contract = learned([typed(label, {}), typed("{text, 5f1c0a9be7d24463a8b1}", {})]);
  expect([...contract.types.keys()]).toEqual(["app-message (type looks private)"]);
  const [type] = contract.types.values();
  expect(type).toMatchObject({ count: 2, typeTexts: [] });
  expect(type?.shape.fields.get("type")?.words).toBeUndefined();
});

test("sizes, share of the limit, times and senders are counted", () => {
  const type = typeOf(
    [40, 2_048, 60].map((chars, n) => typed("chat", {}, { chars, at: 3 - n, sender: `p${n % 2}` })),
  );
  expect(type).toMatchObject({ count: 3, firstAt: 1, lastAt: 3, maxShare: 0.5 });
  expect(type.sizes.read()).toMatchObject({ median: 60, p95: 2_048, max: 2_048 });
  expect([...type.senders]).toEqual([
    ["p0", 2],
    ["p1", 1],
  ]);
});

test("types, senders, fields and levels are bounded, and that is said", () => {
  const types = learned(Array.from({ length: 201 }, (_, n) => typed(`t${n}`, {})));
  expect(types.types.size).toBe(200);
  expect(types.isPartial).toBe(true);
  expect(createContract().isPartial).toBe(false);

  const crowd = typeOf(
    Array.from({ length: 60 }, (_, n) => typed("chat", {}, { sender: `p${n}` })),
  );
  expect([crowd.senders.size, crowd.fromOthers, isPartialType(crowd)]).toEqual([50, 10, true]);

  const deep = JSON.parse("[".repeat(3_000) + "1" + "]".repeat(3_000)) as unknown;
  const shape = shapeOf(deep, deep);
  expect(fieldsOf(shape)).toHaveLength(21);
  expect([isPartialShape(shape), accepts(shape, deep)]).toEqual([true, true]);
});

test("an object with more keys than a program names is a dictionary", () => {
  const values = Array.from({ length: 70 }, (_, n) => ({
    scores: { [String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))]: n },
  }));
  expect(told(shapeOf(...values))).toEqual([
    " object 70 70/70",
    "scores object 70 70/70",
    "scores[*] integer 70 70/70 0…69",
  ]);
});

const departuresOf = (shape: Shape, value: unknown): string[] => {
  const found: Departure[] = [];
  findDepartures(shape, value, (each) => void found.push(each));
  return found.map(
    (each) =>
      `${each.kind} ${printPath(each.path)}${"expected" in each ? ` ${each.expected.join("|")} ← ${each.got}` : ""}`,
  );
};

test("what departs is told place by place", () => {
  const shape = shapeOf(
    ...Array.from({ length: 5 }, (_, n) => ({
      mode: "live",
      n,
      size: 1.5,
      to: n % 2 === 0 ? null : "x y",
      list: [{ a: 1 }],
      votes: { "17": true },
      ...(n === 0 && { extra: 1 }),
    })),
  );
  expect(
    departuresOf(shape, {
      mode: "paused",
      n: 1.5,
      size: 2,
      to: [],
      list: [{ a: 1 }, { b: 1 }],
      votes: { "18": 1 },
      added: {},
      "item-19": 1,
    }),
  ).toEqual([
    "outside-enum mode live ← paused",
    "other-type n integer ← number",
    "other-type to null|string ← array",
    "new-field list[*].b",
    "missing-field list[*].a",
    "other-type votes[*] boolean ← integer",
    "new-field added",
    "new-field [*]",
  ]);
  expect(departuresOf(shape, null)).toEqual(["other-type  object ← null"]);
});

test("an example is of the shape, and nothing that was sent", () => {
  fc.assert(
    fc.property(fc.array(jsonValues, { minLength: 1, maxLength: 8 }), (values) => {
      const shape = shapeOf(...values);
      const example = exampleOf(shape);
      const found: Departure[] = [];
      findDepartures(shape, example, (each) => void found.push(each));
      expect(found.filter(({ kind }) => kind !== "outside-enum")).toEqual([]);
    }),
  );
  expect(exampleOf(shapeOf({ type: "chat", text: "secret", n: 7, to: ["Ada"] }))).toEqual({
    type: "chat",
    text: "text",
    n: 1,
    to: ["text"],
  });
});
