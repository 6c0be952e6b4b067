import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { MAX_PAYLOAD_CHARS, measure, parsePayload, toPayload } from "./payload";

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

describe("a value that JSON can hold", () => {
  test.each([
    // what, value, json, chars (UTF-16 units), bytes (UTF-8)
    ["an object", { hand: true }, '{"hand":true}', 13, 13],
    ["a bare string pays for its quotes", "hi", '"hi"', 4, 4],
    ["null", null, "null", 4, 4],
    ["an emoji is two units and four bytes", "🎉", '"🎉"', 4, 6],
    ["a Chinese character is one unit and three bytes", "漢", '"漢"', 3, 5],
    ["a lone surrogate is escaped", "\ud800", '"\\ud800"', 8, 8],
    ["an escape counts as written", "a\n", '"a\\n"', 5, 5],
    ["undefined members vanish", { a: undefined, b: 1 }, '{"b":1}', 7, 7],
    ["functions in objects vanish", { f() {} }, "{}", 2, 2],
    ["NaN becomes null", [Number.NaN], "[null]", 6, 6],
    ["a Map becomes an empty object", new Map([[1, 2]]), "{}", 2, 2],
    ["a Date becomes its text", new Date(0), '"1970-01-01T00:00:00.000Z"', 26, 26],
  ])("%s", (_, value, json, chars, bytes) => {
    expect(toPayload(value)).toEqual({ json, chars, bytes });
  });

  test("is measured as daily-js does, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { json, chars, bytes } = toPayload(value);
        expect(chars).toBe(JSON.stringify(value).length);
        expect(bytes).toBe(Buffer.byteLength(json, "utf8"));
        expect(parsePayload({ json, chars, bytes })).toEqual({
          ok: true,
          value: JSON.parse(json) as unknown,
        });
      }),
    );
  });
});

describe("a value that JSON cannot hold", () => {
  test.each([
    ["undefined", undefined, "undefined"],
    ["a function", () => {}, "undefined"],
    ["a symbol", Symbol("s"), "undefined"],
    ["a BigInt", 1n, "unserialisable"],
    ["a BigInt inside", { n: 1n }, "unserialisable"],
    ["a cycle", cyclic, "unserialisable"],
    [
      "a toJSON that throws",
      {
        toJSON() {
          throw new Error("no");
        },
      },
      "unserialisable",
    ],
  ])("%s", (_, value, code) => {
    const payload = toPayload(value);
    expect(payload).toMatchObject({ json: "", chars: 0, bytes: 0, problem: { code } });
    expect(payload.problem?.message).not.toBe("");
    expect(parsePayload(payload).ok).toBe(false);
  });
});

test("a huge text is cut, but its full size is kept", () => {
  const payload = toPayload("é".repeat(MAX_PAYLOAD_CHARS));
  expect(payload.json).toHaveLength(MAX_PAYLOAD_CHARS);
  expect(payload).toMatchObject({
    chars: MAX_PAYLOAD_CHARS + 2,
    bytes: 2 * MAX_PAYLOAD_CHARS + 2,
    problem: { code: "truncated" },
  });
});

test("texts longer than the scratch buffer are measured alike", () => {
  expect(measure("漢".repeat(10_000))).toEqual({ chars: 10_000, bytes: 30_000 });
});
