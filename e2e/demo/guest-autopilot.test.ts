import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createGuestAutopilot } from "./page/guest-autopilot";
import type { House, Person } from "./page/house";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LONG_MS = 60_000;

const person = (name: string, change: Partial<Person> = {}): Person => ({
  sessionId: `id-${name}`,
  name,
  role: "guest",
  hand: "down",
  isLocal: name === "Bob",
  ...change,
});
const ADA = person("Ada", { role: "host" });
const CHEN = person("Chen");

/** Bob's page, and what its autopilot does. */
function setup() {
  const done: string[] = [];
  let house: House = { stage: null, answered: 0, people: [ADA, person("Bob"), CHEN] };
  const autopilot = createGuestAutopilot({
    house: () => house,
    raiseHand: () => {
      done.push("raises a hand");
      change({ people: [ADA, person("Bob", { hand: "up" }), CHEN] });
    },
    ask: () => done.push("asks"),
    react: (emoji) => done.push(emoji),
    answerCue: () => done.push("unmutes"),
  });
  function change(part: Partial<House>): void {
    house = { ...house, ...part };
    autopilot.update(house);
  }
  /** Brings someone on stage, where hands are down. */
  function bring(name: string | undefined): void {
    const stage = name === undefined ? null : { name, sessionId: `id-${name}` };
    change({ stage, people: [ADA, person("Bob"), CHEN] });
  }
  /** What was done since the last time. */
  const doneThen = (ms: number) => {
    vi.advanceTimersByTime(ms);
    return done.splice(0);
  };
  return { autopilot, change, bring, doneThen };
}

test("a guest raises one hand soon after the start, with a question", () => {
  const { autopilot, doneThen } = setup();
  autopilot.setOn(true);
  expect(doneThen(LONG_MS)).toEqual(["raises a hand", "asks"]);
});

test("a guest who was on stage rests before the next raised hand", () => {
  const { autopilot, bring, doneThen } = setup();
  autopilot.setOn(true);
  doneThen(LONG_MS);
  bring("Bob");
  expect(doneThen(LONG_MS)).toEqual([]);
  bring(undefined);
  expect(doneThen(1000)).toEqual([]);
  expect(doneThen(LONG_MS)).toEqual(["raises a hand", "asks"]);
});

test("a guest answers the cue, and applauds others on stage", () => {
  const { autopilot, bring, doneThen } = setup();
  autopilot.setOn(true);
  doneThen(LONG_MS);
  bring("Chen");
  expect(doneThen(0)).toEqual(["👏"]);
  bring("Bob");
  autopilot.hear?.({ kind: "cue", action: "unmute" }, ADA);
  expect(doneThen(1000)).toEqual(["unmutes"]);
});

test("a guest joins in with every third reaction of the host, and of no one else", () => {
  const { autopilot, doneThen } = setup();
  autopilot.setOn(true);
  doneThen(LONG_MS);
  for (const emoji of ["🎉", "❤️", "😂", "👏"])
    for (const from of [ADA, CHEN, undefined]) autopilot.hear?.({ kind: "reaction", emoji }, from);
  expect(doneThen(0)).toEqual(["🎉", "👏"]);
});

test("a guest does nothing while the autopilot is off", () => {
  const { autopilot, bring, doneThen } = setup();
  autopilot.setOn(true);
  autopilot.setOn(false);
  bring("Chen");
  autopilot.hear?.({ kind: "cue", action: "unmute" }, ADA);
  expect(doneThen(LONG_MS)).toEqual([]);
});
