import { expect, test } from "vitest";

import { plainError } from "./plain-error";

const TEXT = "none.json: There is no such file.\nWrite one first.";

test("the stack has the frames of the caller, and none of this package", () => {
  const [error] = [TEXT].map(plainError);
  const stack = error?.stack ?? "";
  expect(error?.message).toBe(TEXT);
  expect(error?.cause).toBeUndefined();
  expect(stack.startsWith(`Error: ${TEXT}\n    at `)).toBe(true);
  expect(stack).not.toContain("plain-error");
  expect(stack).toMatch(/\/node_modules\//);
});
