import { expect, test } from "vitest";

import type { Cue } from "./cues";
import { perform, type Staging } from "./perform";
import type { Talk } from "./talk";
import { WEATHER_TALK } from "./weather-talk";

/** Performs a talk as fast as it goes. `react` is told each cue and what has been said up to it. */
function setup(
  talk: Talk,
  react: (cue: Cue, performance: () => ReturnType<typeof perform>) => void,
  staging: Staging = {},
) {
  const cues: Cue[] = [];
  const performance = perform(
    talk,
    (cue) => {
      cues.push(cue);
      react(cue, () => performance);
    },
    { pace: 0, ...staging },
  );
  return { cues, performance };
}

const kinds = (cues: readonly Cue[]) =>
  cues.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);

const nothing = () => {};

test("a turn of each is gone through in order, and all of it becomes true", async () => {
  const talk: Talk = [
    { role: "user", text: "Hello. How are you today?" },
    { role: "bot", text: "Very well." },
  ];
  const { cues, performance } = setup(talk, nothing);
  await performance.over;
  expect(kinds(cues)).toEqual([
    "user-starts",
    "user-heard",
    "user-stops",
    "llm-starts",
    "token",
    "llm-stops",
    "tts-starts",
    "tts-stops",
    "bot-starts",
    "sentence",
    "word",
    "bot-stops",
  ]);
  const [user, bot] = performance.truth.turns;
  expect(user).toMatchObject({ role: "user", text: "Hello. How are you today?", interims: 1 });
  expect(bot).toMatchObject({
    role: "bot",
    text: "Very well.",
    spoken: "Very well.",
    isInterrupted: false,
  });
  const times = [
    user?.startedAt,
    user?.role === "user" ? [user.finalAt, user.stoppedAt] : [],
    bot?.role === "bot" ? [bot.llmStartedAt, bot.firstTokenAt] : [],
    bot?.startedAt,
    bot?.stoppedAt,
  ].flat();
  expect(times).toEqual(times.map(Number).toSorted((a, b) => a - b));
});

test("who breaks in has started to speak, and what was not spoken is not", async () => {
  const talk: Talk = [
    { role: "bot", text: "One two three four five six.", cutAfter: 3 },
    { role: "user", text: "Stop it" },
  ];
  const { cues, performance } = setup(talk, nothing);
  await performance.over;
  expect(cues.filter(({ kind }) => kind === "user-starts")).toHaveLength(1);
  expect(kinds(cues).slice(-6)).toEqual([
    "word",
    "user-starts",
    "interrupted",
    "bot-stops",
    "user-heard",
    "user-stops",
  ]);
  expect(performance.truth.turns).toMatchObject([
    { text: "One two three four five six.", spoken: "One two three", isInterrupted: true },
    { role: "user", text: "Stop it" },
  ]);
});

test("a function waits for the client, and what the client says is its result", async () => {
  const call = { name: "get_weather", arguments: { city: "Lisbon" } };
  const talk: Talk = [{ role: "bot", text: "It is clear.", call }];
  const { performance } = setup(talk, (cue, get) => {
    if (cue.kind === "call-starts") get().giveResult(cue.call.id, { sky: "clear" });
  });
  await performance.over;
  const [turn, ...more] = performance.truth.turns;
  expect(more).toEqual([]);
  expect(turn).toMatchObject({
    text: "It is clear.",
    calls: [{ ...call, result: { sky: "clear" } }],
  });
});

test("a function of the bot's own needs no client", async () => {
  const call = { name: "now", arguments: {}, result: 12 };
  const { performance } = setup([{ role: "bot", text: "Noon.", call }], nothing);
  await performance.over;
  expect(performance.truth.turns).toMatchObject([{ calls: [{ name: "now", result: 12 }] }]);
});

test("something typed stops the bot, cancels its function, and is answered", async () => {
  const call = { name: "get_weather", arguments: {} };
  const { cues, performance } = setup(
    [{ role: "bot", text: "It is clear.", call }],
    (cue, get) => void (cue.kind === "call-starts" && get().hearTyped("Never mind")),
    { reply: (text) => `All right: ${text}.` },
  );
  await performance.over;
  await expect
    .poll(() => performance.truth.turns)
    .toMatchObject([
      { role: "bot", text: "", isInterrupted: true, calls: [{ name: "get_weather" }] },
      { role: "user", text: "Never mind", isTyped: true },
      { role: "bot", text: "All right: Never mind.", spoken: "All right: Never mind." },
    ]);
  expect(cues.find(({ kind }) => kind === "call-ends")).not.toHaveProperty("result");
  performance.stop();
});

test("the same seed makes the same talk, word by word", async () => {
  const said = async (seed: number) => {
    const { cues, performance } = setup(
      WEATHER_TALK,
      (cue, get) => void (cue.kind === "call-starts" && get().giveResult(cue.call.id, 24)),
      { seed },
    );
    await performance.over;
    return { cues, truth: performance.truth };
  };
  const [first, again] = [await said(7), await said(7)];
  expect(again.cues).toEqual(first.cues);
  expect(first.truth.turns.map(({ text }) => text)).toEqual(
    WEATHER_TALK.flatMap((part) =>
      part.role === "user" || part.role === "bot" ? [part.text] : [],
    ),
  );
  expect(first.truth.notices).toHaveLength(1);
  expect(first.truth.failures).toHaveLength(1);
});

test("a talk that starts over starts with a greeting again, not with an answer", async () => {
  const talk: Talk = [
    { role: "bot", text: "Hello." },
    { role: "user", text: "Bye" },
    { role: "bot", text: "Bye." },
  ];
  const starts: unknown[] = [];
  const { performance } = setup(
    talk,
    (cue, get) => {
      if (cue.kind === "llm-starts") starts.push(cue.on);
      if (starts.length === 3) get().stop();
    },
    { isLooping: true },
  );
  await performance.over;
  expect(starts).toEqual(["greeting", { userText: "Bye" }, "greeting"]);
});

test("a talk that is stopped says nothing more", async () => {
  const { cues, performance } = setup(
    WEATHER_TALK,
    (cue, get) => void (cue.kind === "token" && get().stop()),
    { isLooping: true },
  );
  await performance.over;
  expect(cues.at(-1)?.kind).toBe("token");
});
