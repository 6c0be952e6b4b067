import { expect, test } from "vitest";

import { redactSecrets, roomAddress } from "./redact";

test.each([
  ["https://x.daily.co/qa?t=SECRET", "https://x.daily.co/qa?t=…"],
  [
    "https://x.daily.co/qa?a=1&token=SECRET&b=2#t=SECRET",
    "https://x.daily.co/qa?a=1&token=…&b=2#t=…",
  ],
  ["at f (https://app/x.js?api_key=SECRET:1:2)", "at f (https://app/x.js?api_key=…:1:2)"],
  ["at f (http://x/chat.js?t=1764300000123:3:7)", "at f (http://x/chat.js?t=1764300000123:3:7)"],
  ["https://x.daily.co/qa?t=17643abc", "https://x.daily.co/qa?t=…"],
  ["https://app/?text=kept&next=1", "https://app/?text=kept&next=1"],
])("%s", (text, redacted) => {
  expect(redactSecrets(text)).toBe(redacted);
});

test("a room's address has neither query nor hash", () => {
  expect(roomAddress("https://x.daily.co/qa?t=SECRET#x")).toBe("https://x.daily.co/qa");
  expect(roomAddress(undefined)).toBeUndefined();
});
