import fc from "fast-check";
import { expect, test } from "vitest";

import { known, learned, samples, typed, untyped } from "../testing/contract-samples";
import { type Path, withValueAt } from "../lib/paths";
import { readBaseline, writeBaseline } from "./baseline";
import type { Contract, TypeContract } from "./contract";
import { printTypescript } from "./print-typescript";

const INFO = { savedAt: new Date("2026-11-28T12:00:00.000Z"), origin: "https://app.example" };

const write = (contract: Contract): string => writeBaseline({ ...INFO, contract });

function read(text: string): Contract {
  const result = readBaseline(text);
  if (!result.ok) throw new Error(result.reason);
  expect(result.baseline).toMatchObject(INFO);
  return result.baseline.contract;
}

/** Without senders, who are not written down. */
function withoutSenders(contract: Contract): Contract {
  const types = [...contract.types].map(([id, type]): [string, TypeContract] => [
    id,
    { ...type, senders: new Map(), fromOthers: 0 },
  ]);
  return { ...contract, isPartial: contract.isPartial, types: new Map(types) };
}

test("a baseline is read as it was written, and learns on", () => {
  const some = fc.array(samples, { maxLength: 10 });
  fc.assert(
    fc.property(some, some, (before, after) => {
      const contract = read(write(learned(before)));
      expect(known(contract)).toEqual(known(withoutSenders(learned(before))));
      expect(printTypescript(contract)).toBe(printTypescript(learned(before)));
      for (const { key, value, occasion } of after) contract.learn(key, value, occasion);
      expect(known(withoutSenders(contract))).toEqual(
        known(withoutSenders(learned([...before, ...after]))),
      );
    }),
  );
});

test("what goes beyond the bounds is written and read as well", () => {
  const wide = Object.fromEntries(
    Array.from({ length: 60 }, (_, a) => [
      `a${"x".repeat(a % 9)}${String.fromCharCode(97 + (a % 26))}`,
      Object.fromEntries(Array.from({ length: 20 }, (__, b) => [String.fromCharCode(97 + b), b])),
    ]),
  );
  const deep = JSON.parse(`${"[".repeat(30)}${"]".repeat(30)}`) as unknown;
  const types = Array.from({ length: 210 }, (_, n) =>
    typed(`t${n}`, n === 0 ? { wide, deep } : {}),
  );
  const contract = learned(types);
  expect(known(read(write(contract)))).toEqual(known(withoutSenders(contract)));
});

const anywhere = (text: string) => [
  typed("note", { mode: text, [text]: { value: text }, list: [text] }),
  ...(text.includes(" there") ? [] : [untyped({ channel: "app-message", label: text }, text)]),
];

test("no value that someone sent is in the file", () => {
  const SENT = [
    "Hello there",
    "ada@example.com",
    "5f1c0a9be7d24463a8b1",
    "sk_live_abcdefghijklmnop1234",
    "eyJhbGciOiJIUzI1NiJ9.eyJyIjoicm9vbSJ9.c2lnbmF0dXJl",
    "123e4567-e89b-12d3-a456-426614174000",
    "+49 170 1234567",
    "hunter2",
    "Ada",
  ];
  const messages = Array.from({ length: 10 }, () =>
    SENT.flatMap((text) => [
      typed("chat", { text, name: text, password: text, pin: 48_151, names: [text] }),
      // Names of people and words in lower case can't be told from words of a protocol, but by their field.
      ...(/^\w+$/.test(text) && text.length < 10 ? [] : anywhere(text)),
    ]),
  ).flat();
  const text = write(learned(messages));
  for (const each of [...SENT, "48151", "id-ada"]) expect(text).not.toContain(each);
});

test.each([
  ["", "The file is empty."],
  ["{", /^The file isn't JSON, or not all of it: /],
  ["[]", "This is JSON, but not a baseline."],
  ['{"format":"daily-recording"}', "This is a recording, not a baseline."],
  ['{"format":"daily-snippets"}', "These are snippets, not a baseline."],
  ['{"format":"daily-contract"}', "The baseline doesn't say which version it is."],
  [
    '{"format":"daily-contract","version":2}',
    "The baseline was made by a newer Inspector: version 2; this one reads up to 1.",
  ],
  ['{"format":"daily-contract","version":1}', /^The baseline is damaged: savedAt: /],
  ["[".repeat(300), "The file is nested too deep for a baseline."],
])("%s is refused", (text, reason) =>
  expect(readBaseline(text)).toMatchObject({
    ok: false,
    reason: typeof reason === "string" ? reason : (expect.stringMatching(reason) as string),
  }),
);

test("a hostile file is refused with a reason, or read within bounds", () => {
  const file = JSON.parse(write(learned([typed("chat", { a: [{ b: "x" }] })]))) as unknown;
  const places: Path[] = [];
  (function walk(node: unknown, path: Path) {
    places.push(path);
    if (typeof node !== "object" || node === null) return;
    for (const [key, each] of Object.entries(node))
      walk(each, [...path, Array.isArray(node) ? Number(key) : key]);
  })(file, []);
  const odd = fc.oneof(
    fc.constantFrom(null, -1, 1e308, 0.5, "", "x".repeat(1_000), [], {}, true, [[]], [["a", {}]]),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), odd, (path, value) => {
      const result = readBaseline(JSON.stringify(withValueAt(file, path, value)));
      if (result.ok) expect(() => printTypescript(result.baseline.contract)).not.toThrow();
      else expect(result.reason).toMatch(/^\S.{5,}/s);
    }),
    { numRuns: 500 },
  );
});
