import fc from "fast-check";
import { expect, test } from "vitest";

import { growingParts } from "./growing-text";

test("the parts are the text, whole characters each, and stay the same when it grows", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 60 });
  fc.assert(
    fc.property(text, text, (before, more) => {
      const parts = growingParts(before, 4);
      expect(parts.join("")).toBe(before);
      for (const part of parts) expect(part.isWellFormed()).toBe(true);
      const grown = growingParts(before + more, 4);
      expect(grown.slice(0, Math.max(0, parts.length - 1))).toEqual(parts.slice(0, -1));
    }),
  );
});

test("a short text is one part, and no text is none", () => {
  expect(growingParts("Hello")).toEqual(["Hello"]);
  expect(growingParts("")).toEqual([]);
});
