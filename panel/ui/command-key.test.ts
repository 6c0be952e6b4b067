import { expect, test } from "vitest";

import { hasCommandKey } from "./command-key";

test("shortcuts are Cmd's on a Mac, where Ctrl edits text, and Ctrl's elsewhere", () => {
  const ctrl = { ctrlKey: true, metaKey: false };
  const cmd = { ctrlKey: false, metaKey: true };
  expect([hasCommandKey(ctrl, true), hasCommandKey(cmd, true)]).toEqual([false, true]);
  expect([hasCommandKey(ctrl, false), hasCommandKey(cmd, false)]).toEqual([true, false]);
});
