import { expect, test } from "vitest";

import { parseOptions } from "./options";

const DESKTOP = { platform: "linux", env: { DISPLAY: ":0" } } as const;
const SERVER = { platform: "linux", env: {} } as const;

test("a display decides whether there is a window", () => {
  const headless = (surroundings: Parameters<typeof parseOptions>[1], ...args: string[]) => {
    const request = parseOptions(args, surroundings);
    return request.kind === "run" && request.options.headless;
  };
  expect(headless(DESKTOP)).toBe(false);
  expect(headless({ platform: "linux", env: { WAYLAND_DISPLAY: "wayland-0" } })).toBe(false);
  expect(headless({ platform: "linux", env: { DISPLAY: "" } })).toBe(true);
  expect(headless(SERVER)).toBe(true);
  expect(headless({ platform: "darwin", env: {} })).toBe(false);
  expect(headless(DESKTOP, "--headless")).toBe(true);
});

test("options have defaults and can be set", () => {
  expect(parseOptions([], SERVER)).toEqual({
    kind: "run",
    options: { headless: true, seconds: 8, bot: false },
  });
  expect(parseOptions(["--bot"], SERVER)).toMatchObject({ options: { bot: true } });
  const args = ["--room", "https://you.daily.co/room", "--seconds=2.5"];
  expect(parseOptions(args, DESKTOP)).toEqual({
    kind: "run",
    options: { headless: false, seconds: 2.5, bot: false, room: "https://you.daily.co/room" },
  });
});

test.each([
  [["--headles"], "Unknown option '--headles'"],
  [["demo"], "Unexpected argument 'demo'"],
  [["--room"], "Option '--room <value>' argument missing"],
  [["--seconds", "soon"], `--seconds takes a number up to 3600, not "soon"`],
  [["--seconds", "0"], `--seconds takes a number up to 3600, not "0"`],
  [["--room", "qa"], `--room takes the address of a room, not "qa"`],
  [["--bot", "--room", "https://you.daily.co/room"], "--bot runs in the local room"],
  [["--room", "javascript:alert(1)"], `--room takes the address of a room`],
])("%j is a mistake", (args, message) => {
  const request = parseOptions(args, SERVER);
  expect(request.kind === "mistake" && request.message).toContain(message);
});

test("help comes before everything else that can be parsed", () => {
  expect(parseOptions(["--help", "--seconds", "soon"], SERVER)).toEqual({ kind: "help" });
});
