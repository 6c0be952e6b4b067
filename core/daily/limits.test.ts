import { expect, test } from "vitest";

import { toPayload } from "../../extension/protocol/payload";
import { budgetOf, type DataChannel, LIMITS } from "./limits";

test("the numbers of daily-js 0.92.2", () => {
  const numbers = Object.fromEntries(
    Object.entries(LIMITS).map(([channel, { maxChars }]) => [channel, maxChars]),
  );
  expect(numbers).toEqual({ "app-message": 4096, "user-data": 4096, "session-data": 102_400 });
});

test.each<[string, DataChannel, unknown, "ok" | "near" | "over"]>([
  ["a limit that is met exactly still passes", "app-message", { a: "x".repeat(4088) }, "near"],
  ["one more does not", "app-message", { a: "x".repeat(4089) }, "over"],
  [
    "an app message that is a bare string pays for its quotes",
    "app-message",
    "x".repeat(4095),
    "over",
  ],
  ["user data that is a bare string does not", "user-data", "x".repeat(4096), "near"],
  ["one more is too much", "user-data", "x".repeat(4097), "over"],
  ["nor does it pay for escapes", "user-data", "\n".repeat(4096), "near"],
  ["characters count, not bytes", "app-message", "漢".repeat(4094), "near"],
  ["an emoji counts twice", "app-message", "🎉".repeat(2048), "over"],
  ["the room takes more", "session-data", { a: "x".repeat(102_392) }, "near"],
  ["but not without end", "session-data", { a: "x".repeat(102_393) }, "over"],
  ["below four fifths all is well", "app-message", "x".repeat(3200), "ok"],
])("%s", (_, channel, value, level) => {
  expect(budgetOf(channel, toPayload(value)).level).toBe(level);
});

test("a limit that Daily raised for the meeting is the one that counts", () => {
  expect(budgetOf("app-message", toPayload("x".repeat(20_000)), 65_536)).toMatchObject({
    chars: 20_002,
    maxChars: 65_536,
    level: "ok",
  });
});
