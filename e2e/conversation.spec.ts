import { fileURLToPath } from "node:url";

import type { Frame, Page } from "@playwright/test";

import { startRtviBot } from "./bots/rtvi-bot";
import type { Bot } from "./bots/stage";
import { startTavusBot } from "./bots/tavus-bot";
import { impossible, messagesOf, type Telling, toldText } from "./bots/told";
import type { Truth } from "./bots/truth";
import { routeVapiApi } from "./bots/vapi-api";
import { startVapiBot } from "./bots/vapi-bot";
import { WEATHER_TALK } from "./bots/weather-talk";
import { readShownRows } from "./demo/shown-rows";
import { expect, exportRecording, test } from "./fixtures";
import { clockBounds, copyConversation, openConversation } from "./read-conversation";
import type { Room } from "./room/room";

/** Ten times as fast as people. */
const FAST = { pace: 0.1 };
const LONG_MS = 40_000;

test.beforeEach(({ server }) => {
  // The pages look like the demo's.
  server.serve("/demo/", fileURLToPath(new URL("demo/page", import.meta.url)));
});

/** Errors of a page, which a client must not have. */
function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  return problems;
}

const lines = (page: Page) => page.locator(".said__line--user, .said__line--bot").allTextContents();

/** What was said, as one text: protocols differ in how they cut it. */
const spoken = ({ turns }: Truth): string =>
  turns.map((turn) => (turn.role === "user" ? turn.text : turn.spoken)).join(" ");

/** How often each type went which way, as seen from the page; `typeOf` reads a message of the protocol. */
function sentTypes(room: Room, botId: string, typeOf: (data: unknown) => string) {
  const counts: Record<string, number> = {};
  for (const { data, fromId } of room.messages()) {
    const key = `${fromId === botId ? "in" : "out"} ${typeOf(data)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/**
 * The same as the Traffic table shows it: by the last word of each chip, which may name the protocol, too, or by the
 * summary of a message that is a bare word.
 */
async function shownTypes(panel: Frame) {
  const counts: Record<string, number> = {};
  for (const { channel, direction, type, summary } of await readShownRows(panel)) {
    if (channel !== "App") continue;
    const name = type === "" ? summary.replaceAll('"', "") : type;
    const key = `${direction} ${name.trim().split(" ").at(-1)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Waits until the bot has said its last answer: it sends nothing after that. */
const saidToTheEnd = (bot: Bot, spoken: string) =>
  expect
    .poll(() => bot.truth().turns.at(-1))
    .toMatchObject({ role: "bot", spoken, stoppedAt: expect.any(Number) });

/** What the Conversation view says is what the bot knows to be true, with the times of the messages that told it. */
async function tellsTheTruth(
  truth: Truth,
  telling: Telling,
  page: Page,
  { panel, devtools }: { readonly panel: Frame; readonly devtools: Page },
): Promise<void> {
  const clock = await clockBounds(page);
  const recording = await exportRecording(panel, devtools);
  expect(recording.events.filter(({ kind }) => kind === "capture-problem")).toEqual([]);
  const { text, moments, legs } = toldText(truth, messagesOf(recording), telling);
  expect(impossible(moments, clock)).toEqual([]);

  await openConversation(panel);
  await expect.poll(() => copyConversation(panel, page.context())).toBe(text);

  // The last turn is in sight.
  const last = truth.turns.at(-1)?.text ?? "";
  const row = panel.getByRole("grid", { name: "Conversation" }).getByRole("row").last();
  await expect(row.locator(".talk__text")).toHaveText(last);
  const words = legs.map(({ text: leg }) => leg).join(", ");
  await expect(row.getByRole("img")).toHaveAccessibleName(`Where the time went: ${words}`);
  const shares = await row
    .locator(".talk__bar .talk__leg")
    .evaluateAll((all) => all.map((leg) => Number(getComputedStyle(leg).flexGrow)));
  expect(shares).toHaveLength(legs.length);
  // CSS keeps six digits.
  legs.forEach(({ ms }, at) => expect(shares[at]).toBeCloseTo(Math.max(ms, 1), 1));
}

test("Pipecat's client talks with a bot over RTVI", async ({ inspector, server, room }) => {
  const here = server.room(room);
  const where = `${server.origin}/${room}`;
  const bot = startRtviBot(here, WEATHER_TALK, FAST);
  const page = await inspector.newPage();
  const problems = problemsOf(page);
  await page.goto(`${server.origin}/pages/pipecat.html?room=${room}`);
  const { panel, devtools } = await inspector.openPanel(page);

  const truth = await bot.over;
  await expect.poll(() => lines(page)).toEqual(truth.turns.map(({ text }) => text));
  await expect(page.locator(".said__line--cut")).toHaveCount(1);
  await expect(page.getByRole("log")).toContainText(`get_weather: {"city":"Lisbon"`);
  const calls = truth.turns.flatMap((turn) => (turn.role === "bot" ? turn.calls : []));
  expect(calls).toMatchObject([{ name: "get_weather", result: { sky: "clear", celsius: 24 } }]);

  const answer = await page.evaluate(() => window.client.sendClientRequest("ping", { n: 1 }));
  expect(answer).toEqual({ echo: { n: 1 } });
  await page.getByRole("textbox", { name: "Type to the bot" }).fill("Will it rain on Sunday?");
  await page.getByRole("button", { name: "Send" }).click();
  const reply = "You typed: Will it rain on Sunday.";
  await expect(page.getByRole("log")).toContainText(reply);
  await saidToTheEnd(bot, reply);

  const typeOf = (data: unknown) => (data as { type: string }).type;
  await expect
    .poll(() => shownTypes(panel), { timeout: LONG_MS })
    .toEqual(sentTypes(here, bot.sessionId, typeOf));
  await tellsTheTruth(bot.truth(), rtviTelling(where), page, { panel, devtools });
  expect(problems).toEqual([]);
  bot.leave();
  await expect(page.getByRole("status")).toHaveText("Disconnected");
});

test("Vapi's client talks with an assistant", async ({ inspector, server, room }) => {
  const here = server.room(room);
  const where = `${server.origin}/${room}`;
  await routeVapiApi(inspector.context, where);
  const bot = startVapiBot(here, OWN_FUNCTIONS, FAST);
  const page = await inspector.newPage();
  const problems = problemsOf(page);
  await page.goto(`${server.origin}/pages/vapi.html`);
  await page.getByRole("button", { name: "Start call" }).click();
  const { panel, devtools } = await inspector.openPanel(page);

  const truth = await bot.over;
  await expect.poll(async () => (await lines(page)).join(" ")).toBe(spoken(truth));
  await expect(page.getByRole("status")).toHaveText("In a call");
  await page.getByRole("textbox", { name: "Type to the bot" }).fill("Will it rain on Sunday?");
  await page.getByRole("button", { name: "Send" }).click();
  const reply = "You typed: Will it rain on Sunday.";
  await expect(page.getByRole("log")).toContainText(reply);
  await saidToTheEnd(bot, reply);

  const typeOf = (data: unknown) =>
    data === "listening" || data === "playable"
      ? data
      : (JSON.parse(String(data)) as { type: string }).type;
  await expect
    .poll(() => shownTypes(panel), { timeout: LONG_MS })
    .toEqual(sentTypes(here, bot.sessionId, typeOf));
  await tellsTheTruth(bot.truth(), vapiTelling(where), page, { panel, devtools });
  expect(problems).toEqual([]);
  await page.getByRole("button", { name: "End call" }).click();
  await expect(page.getByRole("status")).toHaveText("The call has ended");
  await here.until(() => here.participants().length === 0);
});

test("an app on daily-js talks with a replica of Tavus", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const here = server.room(room);
  const where = `${server.origin}/${room}`;
  const bot = startTavusBot(here, WEATHER_TALK, FAST);
  const page = await openCall("Ada", "");
  await page.waitForFunction(() => window.call !== undefined);
  await page.evaluate(async () => {
    const say = (event_type: string, properties: object) =>
      window.call.sendAppMessage({ message_type: "conversation", event_type, properties });
    window.call.on("app-message", ({ data }) => {
      const { event_type, properties } = data as ReplicaMessage;
      if (event_type !== "conversation.tool_call") return;
      const { tool_call_id } = properties as { tool_call_id: string };
      say("conversation.tool_result", {
        tool_call_id,
        output: { sky: "clear" },
        status: "success",
      });
    });
    await window.call.join();
  });
  const { panel, devtools } = await inspector.openPanel(page);

  const truth = await bot.over;
  const utterances = () =>
    page.evaluate(() =>
      window.received
        .map(({ data }) => data as ReplicaMessage)
        .filter(({ event_type }) => event_type === "conversation.utterance")
        .map(({ properties }) => (properties as { speech: string }).speech),
    );
  await expect.poll(utterances).toEqual(truth.turns.map(({ text }) => text));
  const calls = truth.turns.flatMap((turn) => (turn.role === "bot" ? turn.calls : []));
  expect(calls).toMatchObject([{ name: "get_weather", result: { sky: "clear" } }]);
  const typeOf = (data: unknown) => (data as ReplicaMessage).event_type;
  await expect
    .poll(() => shownTypes(panel), { timeout: LONG_MS })
    .toEqual(sentTypes(here, bot.sessionId, typeOf));
  await tellsTheTruth(bot.truth(), tavusTelling(where), page, { panel, devtools });
});

type ReplicaMessage = { readonly event_type: string; readonly properties?: object };

/** Vapi's assistants call functions on a server: their results don't come from the client. */
const OWN_FUNCTIONS = WEATHER_TALK.map((part) =>
  part.role === "bot" && part.call
    ? { ...part, call: { ...part.call, result: { sky: "clear", celsius: 24 } } }
    : part,
);

const fieldsOf = (value: unknown) => (value ?? {}) as Readonly<Record<string, unknown>>;

const rtviTelling = (where: string): Telling => ({
  heading: `RTVI 2.1.0 in ${where}`,
  user: "Ada (user)",
  bot: "Pipecat bot (bot)",
  cutBy: "cut",
  signOf: ({ data }) =>
    (
      {
        "user-started-speaking": "user-starts",
        "user-stopped-speaking": "user-stops",
        "send-text": "user-typed",
        "bot-llm-started": "model-starts",
        "bot-llm-text": "token",
        "llm-function-call-started": "call-starts",
        "llm-function-call-result": "call-ends",
        "bot-started-speaking": "bot-starts",
        "bot-stopped-speaking": "bot-stops",
        "bot-interrupted": "cut",
      } as const
    )[String(data["type"])],
  lineOf: ({ data }) =>
    ({
      "client-ready": "sent: client ready: 2.1.0",
      "bot-ready": "received: bot ready: 2.1.0",
      "server-message": 'received: server message: forecast-card {city: "Lisbon", celsius: 24}',
      error: "error: The timetable service did not answer, the last known times are used.",
      "client-message": "sent: client message: ping {n: 1}",
      "server-response": "received: server response: ping {echo: {n: 1}}",
    })[String(data["type"])],
});

const vapiTelling = (where: string): Telling => ({
  heading: `Vapi in ${where}`,
  user: "User",
  bot: "Vapi Speaker (bot)",
  cutBy: "cut",
  signOf({ data: { type, role, status } }) {
    if (type === "speech-update")
      return `${role === "user" ? "user" : "bot"}-${status === "started" ? "starts" : "stops"}`;
    return (
      {
        "add-message": "user-typed",
        "model-output": "token",
        "tool-calls": "call-starts",
        "tool-calls-result": "call-ends",
        "user-interrupted": "cut",
      } as const
    )[String(type)];
  },
  lineOf: ({ data }) =>
    ({
      "status-update": "received: status: in-progress",
      "assistant.started": "received: assistant started: Weather desk",
      hang: "received: hang",
    })[String(data["type"])],
});

/** Tavus tells neither tokens nor errors. */
const tavusTelling = (where: string): Telling => ({
  heading: `Tavus in ${where}`,
  user: "User",
  bot: "Replica (bot)",
  cutBy: "bot-stops",
  signOf({ data }) {
    const { role } = fieldsOf(data["properties"]);
    switch (data["event_type"]) {
      case "conversation.user.started_speaking":
        return "user-starts";
      case "conversation.user.stopped_speaking":
        return "user-stops";
      case "conversation.utterance":
        return role === "user" ? "user-final" : undefined;
      case "conversation.tool_call":
        return "call-starts";
      case "conversation.tool_result":
        return "call-ends";
      case "conversation.replica.started_speaking":
        return "bot-starts";
      case "conversation.replica.stopped_speaking":
        return "bot-stops";
      default:
        return undefined;
    }
  },
  lineOf: () => undefined,
});
