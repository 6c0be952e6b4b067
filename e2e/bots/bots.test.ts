import { expect, test } from "vitest";

import { createRoom, type Room } from "../room/room";
import { DEFAULT_SETTINGS } from "../room/room-settings";
import { startRtviBot } from "./rtvi-bot";
import type { Bot } from "./stage";
import { startTavusBot } from "./tavus-bot";
import { startVapiBot } from "./vapi-bot";
import { WEATHER_TALK } from "./weather-talk";

type Message = { readonly type: string; readonly data?: Record<string, unknown> } & Record<
  string,
  unknown
>;

/** A room with a bot that speaks as fast as it can, someone in it, and what they were told. */
function setup(start: (room: Room) => Bot) {
  const room = createRoom("qa", () => DEFAULT_SETTINGS);
  const bot = start(room);
  const client = room.join({ userName: "Ada" });
  const told: unknown[] = [];
  client.on((message) => message.action === "app-message" && told.push(message.data));
  return { bot, client, told };
}

const ready = (version: string, id: string) => ({
  label: "rtvi-ai",
  type: "client-ready",
  id,
  data: { version, about: { library: "a client" } },
});

test("over RTVI a whole talk is said in Pipecat's order, and is what is true", async () => {
  const { bot, client, told } = setup((room) => startRtviBot(room, WEATHER_TALK, { pace: 0 }));
  const messages = told as Message[];
  client.on((message) => {
    if (message.action !== "app-message") return;
    const { type, data } = message.data as Message;
    if (type !== "llm-function-call-in-progress") return;
    const result = { ...data, result: { sky: "clear" } };
    client.sendAppMessage({
      label: "rtvi-ai",
      type: "llm-function-call-result",
      id: "2",
      data: result,
    });
  });
  client.sendAppMessage(ready("2.1.0", "first"));
  const { turns } = await bot.over;

  expect(messages[0]).toMatchObject({ type: "bot-ready", id: "first", data: { version: "2.1.0" } });
  const texts = (type: string) =>
    messages.filter((message) => message.type === type).map(({ data }) => data?.["text"]);
  const said = turns.flatMap((turn) => (turn.role === "bot" ? [turn.text] : []));
  expect(texts("bot-llm-text").join("")).toBe(said.join(""));
  expect(texts("bot-transcription").join("")).toBe(said.join(""));
  expect(texts("user-llm-text")).toEqual(
    turns.flatMap((turn) => (turn.role === "user" ? [turn.text] : [])),
  );
  const words = turns.flatMap((turn) => (turn.role === "bot" ? [turn.spoken] : []));
  expect(texts("bot-tts-text").join(" ")).toBe(words.join(" "));
  const stopped = messages.find(({ type }) => type === "llm-function-call-stopped");
  expect(stopped?.data).toMatchObject({ cancelled: false, result: { sky: "clear" } });

  // With every turn of the user, though only one of them was an interruption.
  const types = messages.map(({ type }) => type);
  expect(types.filter((type) => type === "bot-interrupted")).toHaveLength(4);
  expect(turns.filter((turn) => turn.role === "bot" && turn.isInterrupted)).toHaveLength(1);
});

test("the progress of a segment only grows, and all of it is its text", async () => {
  const { bot, client, told } = setup((room) =>
    startRtviBot(room, [{ role: "bot", text: "One two. Three." }], { pace: 0.02 }),
  );
  client.sendAppMessage(ready("2.1.0", "1"));
  await bot.over;
  const outputs = (told as Message[])
    .filter(({ type }) => type === "bot-output")
    .map(({ data }) => data as Record<string, unknown>);
  expect(
    outputs.map(({ segment_id, spoken_status, spoken_progress }) => [
      segment_id,
      spoken_status,
      Object.values(spoken_progress as object),
    ]),
  ).toEqual([
    [1, "new", ["", "One two."]],
    [2, "new", ["", "Three."]],
    [1, "in-progress", ["One", "two."]],
    [1, "completed", ["One two.", ""]],
    [2, "completed", ["Three.", ""]],
  ]);
});

test("over RTVI a request is answered, and what cannot be is refused, with its id", async () => {
  const { client, told } = setup((room) => startRtviBot(room, [], { pace: 0 }));
  client.sendAppMessage(ready("9.0.0", "a"));
  client.sendAppMessage({
    label: "rtvi-ai",
    type: "client-message",
    id: "b",
    data: { t: "ping", d: 1 },
  });
  client.sendAppMessage({ label: "rtvi-ai", type: "sing", id: "c" });
  client.sendAppMessage({ type: "client-message", id: "of someone else" });
  await expect
    .poll(() => told)
    .toMatchObject([
      { type: "error-response", id: "a" },
      { type: "bot-ready", id: "a" },
      { type: "server-response", id: "b", data: { t: "ping", d: { echo: 1 } } },
      { type: "error-response", id: "c", data: { error: "Unsupported type sing" } },
    ]);
});

test("a client that is ready again gets the talk from its beginning", async () => {
  const talk = WEATHER_TALK.filter((part) => !("call" in part));
  const { bot, client } = setup((room) => startRtviBot(room, talk, { pace: 0.01 }));
  client.sendAppMessage(ready("2.1.0", "1"));
  await expect.poll(() => bot.truth().turns.length).toBeGreaterThan(1);
  const broken = bot.truth();
  client.sendAppMessage(ready("2.1.0", "2"));
  const truth = await bot.over;
  expect(truth).not.toBe(broken);
  expect(broken.turns.length).toBeLessThan(truth.turns.length);
  expect(truth.turns).toHaveLength(talk.filter(({ role }) => /user|bot/.test(role)).length);
  bot.leave();
  expect(bot.truth().turns).toEqual([]);
});

test("Vapi's messages are strings, and its transcripts are what was spoken", async () => {
  const talk = WEATHER_TALK.map((part) =>
    "call" in part && part.call ? { ...part, call: { ...part.call, result: 24 } } : part,
  );
  const { bot, client, told } = setup((room) => startVapiBot(room, talk, { pace: 0 }));
  client.sendAppMessage("playable");
  const { turns } = await bot.over;
  const [first, ...rest] = told as string[];
  expect(first).toBe("listening");
  const messages = rest.map((text) => JSON.parse(text) as Message);
  expect(
    messages
      .filter(({ type, transcriptType }) => type === "transcript" && transcriptType === "final")
      .map(({ transcript }) => transcript)
      .join(" "),
  ).toBe(turns.map((turn) => (turn.role === "user" ? turn.text : turn.spoken)).join(" "));
  const last = messages.findLast(({ type }) => type === "conversation-update");
  expect(last?.["messages"]).toHaveLength(turns.length);
  expect(messages.filter(({ type }) => type === "user-interrupted")).toHaveLength(1);
});

test("a replica's messages are numbered without a gap, and say if it was interrupted", async () => {
  const talk = WEATHER_TALK.filter((part) => !("call" in part));
  const { bot, told } = setup((room) => startTavusBot(room, talk, { pace: 0 }));
  await bot.over;
  const messages = told as Record<string, unknown>[];
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_message, index) => index + 1));
  const stops = messages
    .filter(({ event_type }) => event_type === "conversation.replica.stopped_speaking")
    .map(({ properties }) => (properties as { interrupted: boolean }).interrupted);
  expect(stops).toEqual([false, true, false, false]);
});
