import { expect, test } from "vitest";

import { createClock } from "./clock";

test("a clock catches up after a sleep, and ignores the system's being set back", () => {
  let wall = 1_000_000;
  let elapsed = 0.25;
  const clock = createClock(
    () => wall,
    () => elapsed,
    wall - elapsed,
  );
  const pass = (ms: number) => {
    wall += ms;
    elapsed += ms;
  };
  expect(clock()).toBe(1_000_000);
  pass(500.5);
  expect(clock()).toBe(1_000_500.5);
  wall += 600_000; // Asleep: `performance.now()` stood still.
  expect(clock()).toBe(1_600_500.5);
  pass(1);
  expect(clock()).toBe(1_600_501.5);
  wall -= 3_600_000;
  pass(1);
  expect(clock()).toBe(1_600_502.5);
});
