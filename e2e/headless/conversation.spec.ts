import { fileURLToPath } from "node:url";

import type { DailyTurn } from "inspector-for-daily";

import { startRtviBot } from "../bots/rtvi-bot";
import type { Truth } from "../bots/truth";
import { routeVapiApi } from "../bots/vapi-api";
import { startVapiBot } from "../bots/vapi-bot";
import { WEATHER_TALK } from "../bots/weather-talk";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { expect, LAUNCH, test } from "./room";

// The bots have faults of their own to tell of.
test.use({ ...LAUNCH, failOn: "never" });

/** Ten times as fast as people. */
const FAST = { pace: 0.1 };

test.beforeEach(async ({ context, server }) => {
  await routeDefaultBundle(context, server);
  // The pages look like the demo's.
  server.serve("/demo/", fileURLToPath(new URL("../demo/page", import.meta.url)));
});

/** What was said, by the bot that said it. */
const trueTurns = ({ turns }: Truth) =>
  turns.map((turn) => ({
    role: turn.role,
    text: turn.role === "bot" && turn.isInterrupted ? turn.spoken : turn.text,
    isInterrupted: turn.role === "bot" && turn.isInterrupted,
  }));
const toldTurns = (turns: readonly DailyTurn[]) =>
  turns.map(({ role, text, isInterrupted }) => ({ role, text, isInterrupted }));

test("what Pipecat's client and a bot say is asked for", async ({ page, daily, server, room }) => {
  const bot = startRtviBot(server.room(room), WEATHER_TALK, FAST);
  expect(await daily.conversation()).toEqual({
    protocol: undefined,
    version: undefined,
    turns: [],
    notices: [],
  });
  await page.goto(`${server.origin}/pages/pipecat.html?room=${room}`);
  const truth = await bot.over;
  await expect
    .poll(async () => toldTurns((await daily.conversation()).turns))
    .toEqual(trueTurns(truth));
  const { protocol, version, turns, notices } = await daily.conversation("Ada");
  expect([protocol, version]).toEqual(["rtvi", "2.1.0"]);
  expect(turns.flatMap(({ functionCalls }) => functionCalls)).toMatchObject([
    {
      name: "get_weather",
      arguments: { city: "Lisbon", day: "tomorrow" },
      result: { sky: "clear", celsius: 24 },
      isCancelled: false,
      tookMs: expect.any(Number),
    },
  ]);
  expect(turns[1]).toMatchObject({ name: "Ada", isTyped: false, responseMs: undefined, legs: [] });
  expect(turns[2]).toMatchObject({ name: "Pipecat bot", responseMs: expect.any(Number) });
  expect(turns[2]?.legs.map(({ to }) => to)).toContain("first-audio");
  expect(turns.find(({ isInterrupted }) => isInterrupted)?.unsaid).toMatch(/near the river\.$/);
  expect(notices).toMatchObject([
    { level: "info", direction: "sent", text: "client ready: 2.1.0" },
    { level: "info", direction: "received", text: "bot ready: 2.1.0" },
    { level: "info", direction: "received", text: expect.stringContaining("forecast-card") },
    { level: "error", direction: "received", text: expect.stringContaining("timetable service") },
  ]);
  await expect(daily.conversation("Cy")).rejects.toThrow("There is no call of Cy.");
  bot.leave();
});

test("what Vapi's client and an assistant say is asked for", async ({
  page,
  context,
  daily,
  server,
  room,
}) => {
  await routeVapiApi(context, `${server.origin}/${room}`);
  const bot = startVapiBot(server.room(room), WEATHER_TALK.slice(0, 2), FAST);
  await page.goto(`${server.origin}/pages/vapi.html`);
  await page.getByRole("button", { name: "Start call" }).click();
  const truth = await bot.over;
  const text = (turns: readonly { text: string }[]) => turns.map((turn) => turn.text).join(" ");
  await expect
    .poll(async () => text((await daily.conversation(page)).turns))
    .toBe(text(truth.turns));
  expect(await daily.conversation(page)).toMatchObject({
    protocol: "vapi",
    notices: [{ text: "status: in-progress" }, { text: "assistant started: Weather desk" }],
  });
});
