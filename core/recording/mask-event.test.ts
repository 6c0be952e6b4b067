import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { measure } from "../../extension/protocol/payload";
import { createMask } from "./mask-event";

describe("a JSON text", () => {
  test("keeps its shape: keys, types, true, false and null", () => {
    const { json } = createMask();
    const text = `{"name":"Ada","n":[42,-3.14,1e+21,0],"is":true,"no":[false,null,"Ada",""]}`;
    expect(json(text)).toMatchInlineSnapshot(
      `"{"name":"xxx","n":[10,-1.01,2e+21,0],"is":true,"no":[false,null,"xxx",""]}"`,
    );
  });

  test("of ids, keys are masked like values", () => {
    const { json, text, addId } = createMask();
    addId("id-bob");
    expect(json(`{"id-bob":1,"votes":"id-bob"}`)).toBe(
      `{"${text("id-bob")}":0,"votes":"${text("id-bob")}"}`,
    );
  });

  test("that was cut short, or is none, keeps nothing of what it said", () => {
    const { json } = createMask();
    for (const text of [
      `{"a":["secret`,
      `{"a": secret}`,
      `"secret\\u12`,
      "// secret",
      "'secret'",
    ]) {
      const masked = json(text);
      expect(masked).not.toContain("secret");
      expect(masked).toHaveLength(text.length);
    }
  });

  test("keeps sizes and types, whatever is in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const masked = createMask().json(text);
        expect(measure(masked)).toEqual(measure(text));
        expect(shapeOf(JSON.parse(masked))).toEqual(shapeOf(JSON.parse(text)));
      }),
    );
  });

  test("deep and long ones are masked, too", () => {
    const deep = `${"[".repeat(200_000)}"secret"${"]".repeat(200_000)}`;
    expect(createMask().json(deep)).toBe(deep.replace("secret", "xxxxxx"));
    const long = JSON.stringify(`${"s".repeat(1_000_000)}é`);
    expect(measure(createMask().json(long))).toEqual(measure(long));
  });
});

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

describe("a text", () => {
  test("has the same length in every way, and none of its words", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const masked = createMask().text(value);
        expect(masked).toHaveLength(value.length);
        expect(measure(JSON.stringify(masked))).toEqual(measure(JSON.stringify(value)));
      }),
    );
  });

  test("gets the same placeholder each time, and another text another one", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ unit: fc.constantFrom(...Array.from("Aé漢🎉 ")), minLength: 4 }),
        ),
        (values) => {
          const { text } = createMask();
          const masks = values.map(text);
          expect(values.map(text)).toEqual(masks);
          expect(new Set(masks).size).toBe(values.length);
        },
      ),
    );
  });
});

test("numbers are other numbers, written in the same length", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
      (numbers) => {
        const text = JSON.stringify(numbers);
        const masked = createMask().json(text);
        expect(masked).toHaveLength(text.length);
        expect((JSON.parse(masked) as unknown[]).every((each) => typeof each === "number")).toBe(
          true,
        );
      },
    ),
  );
});

/** A value with nothing but its types and keys. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).map(([key, each]) => [key, shapeOf(each)]);
  }
  return typeof value === "boolean" || value === null ? value : typeof value;
}
