// Values and messages for tests of contracts, as apps send them and as no app should.
import fc from "fast-check";

import { type Contract, createContract, type Occasion, type TypeKey } from "../contract/contract";

export type Sample = {
  readonly key: TypeKey;
  readonly value: unknown;
  readonly occasion: Occasion;
};

/** Keys that have broken programs: each stays an ordinary one. */
const HOSTILE_KEYS = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "",
  "*",
  "a.b",
  'say "hi"',
  "*/ alert(1) //",
  "new\nline",
  "\u2028",
  "\ud800",
  "größe",
  "default",
  "0",
  "-1",
  "item-17",
  "ada@example.com",
  "123e4567-e89b-12d3-a456-426614174000",
  "k".repeat(5_000),
];

const WORDS = ["chat", "poll", "start", "stop", "user", "bot-ready", "room.state"];
const TEXTS = [
  "Hello there",
  "*/ `${x}` </script>",
  "",
  "\u2028",
  "ada@example.com",
  "x".repeat(300),
];

const keys = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("type", "text", "mode", "count", "items", "inner", "to"),
  },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_KEYS) },
);
const texts = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...TEXTS), fc.string());
const numbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** An object with own keys only, whatever they are called. */
const objectOf = (value: fc.Arbitrary<unknown>, maxKeys = 6): fc.Arbitrary<object> =>
  fc
    .array(fc.tuple(keys, value), { maxLength: maxKeys })
    .map((entries) => Object.fromEntries(entries));

/** Any JSON value, small, with keys and words that meet again. */
export const jsonValues: fc.Arbitrary<unknown> = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      texts,
      numbers,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      objectOf(tie("value")),
    ),
  }))
  .value.map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const occasions: fc.Arbitrary<Occasion> = fc.record({
  at: fc.integer({ min: 1, max: 1_000 }).map((more) => 1_790_000_000_000 + more),
  sender: fc.constantFrom("ada", "bob", undefined),
  chars: fc.oneof(fc.nat(4_096), fc.nat(200_000)),
  limit: fc.constantFrom(4_096, 102_400),
});

/** Messages of a few types: most say their type in a field, as those of apps do. */
export const samples: fc.Arbitrary<Sample> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("chat", "poll vote", "*/ odd", "toString"),
      objectOf(jsonValues),
      occasions,
    )
    .map(([label, rest, occasion]) => typed(label, rest, occasion)),
  fc
    .tuple(fc.constantFrom("user-data" as const, "session-data" as const), jsonValues, occasions)
    .map(([channel, value, occasion]) => ({ key: { channel, label: "" }, value, occasion })),
  fc
    .tuple(fc.constantFrom("{a, b}", "(no type)"), jsonValues, occasions)
    .map(([label, value, occasion]) => ({
      key: { channel: "app-message" as const, label },
      value,
      occasion,
    })),
);

const OCCASION: Occasion = { at: 1_790_000_000_000, sender: "ada", chars: 40, limit: 4_096 };

/** A message that says its type in `type`. */
export const typed = (label: string, rest: object, occasion: Partial<Occasion> = {}): Sample => ({
  key: { channel: "app-message", label, typeTexts: [{ path: ["type"], text: label }] },
  value: Object.fromEntries([...Object.entries(rest), ["type", label]]),
  occasion: { ...OCCASION, ...occasion },
});

/** A value of a channel or type that says nothing of itself. */
export const untyped = (
  key: TypeKey,
  value: unknown,
  occasion: Partial<Occasion> = {},
): Sample => ({
  key,
  value,
  occasion: { ...OCCASION, ...occasion },
});

export function learned(messages: readonly Sample[]): Contract {
  const contract = createContract();
  for (const { key, value, occasion } of messages) contract.learn(key, value, occasion);
  return contract;
}

/** All that a contract knows, as plain data to compare; what its order has no say in. */
export const known = ({ isPartial, types }: Contract): unknown => ({
  isPartial,
  types: new Map(
    [...types].map(([id, type]) => [id, { ...type, sizes: type.sizes.read(), room: undefined }]),
  ),
});
