import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Comparator,
  type Condition,
  DELIVERED_WORDS,
  FILTER_KEYS,
  type ListKey,
  type MomentKey,
  type NumberKey,
  type Term,
} from "./filter-keys";
import { parseFilter } from "./parse-filter";
import { printFilter, senderFilter, typeFilter } from "./print-filter";

const piece = fc.oneof(
  fc.constantFrom(
    "size:",
    "path:",
    "a[0]",
    '"',
    "\\",
    "-",
    "/",
    ",",
    ":",
    "..",
    ">",
    "*",
    " ",
    "status:",
    "seat:",
    "delivered:",
    "none",
    "<100ms",
    "since:",
    "12:30",
    "k",
    "(",
    "+",
    "=",
  ),
  fc.string({ maxLength: 6 }),
);
const filterText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(piece, { maxLength: 12 }).map((parts) => parts.join("")),
);

test("reading never throws, places lie within the text and are in order", () => {
  fc.assert(
    fc.property(filterText, (text) => {
      const { terms, problems } = parseFilter(text);
      for (const { from, to } of [...terms, ...problems]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(text.length);
      }
      terms.reduce((end, { from, to }) => (expect(from).toBeGreaterThanOrEqual(end), to), 0);
    }),
    { numRuns: 5_000 },
  );
});

const bare = (terms: readonly Term[]) =>
  terms.map(({ isNegated, condition }) => ({ isNegated, condition }));

test("whatever was read is printed so that it is read the same", () => {
  fc.assert(
    fc.property(filterText, (text) => {
      const { terms } = parseFilter(text);
      const again = parseFilter(printFilter(terms));
      expect(again.problems).toEqual([]);
      expect(bare(again.terms)).toEqual(bare(terms));
    }),
    { numRuns: 5_000, examples: [['/ "/"']] },
  );
});

const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 3 });
const words = fc.string({ minLength: 1 }).filter((word) => word !== "*");
const comparator = fc.constantFrom<Comparator>("=", ">", ">=", "<", "<=");
const number = fc.oneof(
  fc.nat(),
  fc.nat(1_000_000).map((thousandths) => thousandths / 1_000),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.string({ minLength: 1, unit: "binary" }).map((text) => ({ key: "text" as const, text })),
  fc.record({
    key: fc.constantFrom<ListKey>("from", "to", "with", "type", "name", "seat"),
    values: some(words),
  }),
  fc.record({
    key: fc.constant("delivered" as const),
    values: some(
      fc.oneof(
        fc.constantFrom(...DELIVERED_WORDS),
        fc.record({ comparator, value: number }),
        fc.record({ comparator: fc.constant(".." as const), value: number, end: number }),
      ),
    ),
  }),
  fc.constantFrom<ListKey>("channel", "dir", "status", "has", "by").chain((key) =>
    fc.record({
      key: fc.constant(key),
      values: some(fc.constantFrom(...(FILTER_KEYS[key].choices ?? []))),
    }),
  ),
  fc.record({
    key: fc.constantFrom<NumberKey>("size", "bytes", "late", "handler", "listeners", "seq"),
    values: some(fc.record({ comparator, value: fc.nat() })),
  }),
  fc.record({
    key: fc.constantFrom<MomentKey>("since", "until"),
    values: some(
      fc.oneof(
        fc.constantFrom({ kind: "join" } as const, { kind: "leave" } as const),
        fc.record({ kind: fc.constantFrom("ago", "after-start"), ms: number }),
        fc.record({ kind: fc.constant("clock" as const), ms: fc.nat(86_399_999) }),
      ),
    ),
  }),
  fc.record({
    key: fc.constant("path" as const),
    values: some(
      fc.record({
        path: fc.array(fc.oneof(fc.nat(999), fc.string()), { minLength: 1, maxLength: 4 }),
        comparison: fc.option(
          fc.record({
            comparator: fc.constantFrom<Comparator>("=", "!=", ">", "<="),
            value: fc.string(),
            isQuoted: fc.constant(true),
          }),
          { nil: undefined },
        ),
      }),
    ),
  }),
);

test("any terms are printed so that they are read the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ isNegated: fc.boolean(), condition }), { maxLength: 5 }),
      (terms) => {
        const { terms: read, problems } = parseFilter(printFilter(terms));
        expect(problems).toEqual([]);
        expect(bare(read)).toEqual(terms);
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  ["Ada", "from:Ada"],
  ["Ada B.", 'from:"Ada B."'],
])("messages of %s are %s", (name, expected) => {
  expect(senderFilter(name)).toBe(expected);
});

test.each([
  ["app-message", "chat", "type:chat"],
  // An app may call its types anything.
  ["app-message", "participant-updated", "type:participant-updated"],
  ["user-data", "setUserData()", "channel:user name:setUserData()"],
  ["user-data", "participant-updated", "channel:user name:participant-updated"],
  ["app-message", "(no type)", "channel:app -type:*"],
] as const)("%s of type %s are %s", (channel, type, expected) => {
  expect(typeFilter({ channel, type })).toBe(expected);
  expect(parseFilter(typeFilter({ channel, type })).problems).toEqual([]);
});
