import { expect, test, vi } from "vitest";

import type { DailyCall } from "./daily-call";
import { performCall } from "./perform-command";

test("what a promise of another kind rejects with counts as handled", () => {
  // A polyfill's promise, or one of another realm, isn't an instance of this page's class.
  const then = vi.fn();
  // oxlint-disable-next-line unicorn/no-thenable -- it stands for a promise
  const call = { setUserData: () => Object.fromEntries([["then", then]]) } as unknown as DailyCall;
  expect(performCall(call, { method: "setUserData", args: [1], mark: 1 })).toBeUndefined();
  expect(then).toHaveBeenCalledExactlyOnceWith(undefined, expect.any(Function));
});

test("a method that throws, or is not there, answers with the message", () => {
  const call = {
    sendAppMessage() {
      throw new Error("too large");
    },
  } as unknown as DailyCall;
  expect(performCall(call, { method: "sendAppMessage", args: [], mark: 1 })).toBe("too large");
  expect(performCall(call, { method: "setUserData", args: [], mark: 1 })).toEqual(
    expect.any(String),
  );
});
