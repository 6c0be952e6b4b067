import { expect, test } from "vitest";

import { shortValue } from "./texts";

test("a value is told by its beginning, and one that is gone by that", () => {
  expect(shortValue(6)).toBe("6");
  expect(shortValue("gone")).toBe(`"gone"`);
  expect(shortValue(undefined)).toBe("gone");
  expect(shortValue(["x".repeat(100)])).toHaveLength(41);
});
