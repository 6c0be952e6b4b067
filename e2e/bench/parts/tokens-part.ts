import type { Frame } from "@playwright/test";

import { launchInspector } from "../../inspector";
import { openConversation } from "../../read-conversation";
import type { RoomServer } from "../../room/server";
import { openBenchCall, startBenchServer } from "../bench-server";
import { createCpuMeter } from "../cpu-meter";
import { watchLongTasks } from "../long-tasks";
import { quiet } from "../quiet";
import { against, median, progress, ratio, seconds, table, task } from "../report";

const PER_SECOND = 1_000;
/** A conversation may cost the panel so many times what as many plain messages cost it with the table. */
const AIM = 1.3;

/** About what a model's tokens are, with an end of a sentence now and then. */
const TOKENS = " The weather in the city will be clear tomorrow, with 24 degrees by noon.".match(
  / ?\S{1,7}/g,
) as readonly string[];

/** What comes, and how the panel shows it. A plain message is as long as one with a token. */
const SCENES = [
  { name: "plain messages, the table shown", isTalk: false },
  { name: "tokens of one turn, the conversation shown", isTalk: true },
] as const;
type Scene = (typeof SCENES)[number];

type Run = { readonly cpu: number; readonly longestTask: number };

/** An answer that doesn't end, token by token, beside as many plain messages: in turns, because what counts is the ratio. */
export async function tokensPart(quick: boolean): Promise<void> {
  const [lengthS, rounds] = quick ? [3, 1] : [30, 3];
  const runs = new Map<Scene, Run[]>(SCENES.map((scene) => [scene, []]));
  const server = await startBenchServer();
  try {
    for (let round = 0; round < rounds; round++) {
      for (const scene of SCENES) {
        progress(`Tokens, ${scene.name}, round ${round + 1} of ${rounds}`);
        runs.get(scene)?.push(await runScene(server, scene, lengthS));
      }
    }
  } finally {
    await server.close();
  }
  const cpuOf = (scene: Scene) => median((runs.get(scene) ?? []).map(({ cpu }) => cpu));
  const plain = cpuOf(SCENES[0]);
  const rows = SCENES.map((scene) => [
    `${scene.name}, ${PER_SECOND}/s for ${lengthS} s`,
    seconds(cpuOf(scene)),
    scene.isTalk ? against(cpuOf(scene) / plain, AIM, ratio) : "",
    task(Math.min(...(runs.get(scene) ?? []).map(({ longestTask }) => longestTask))),
  ]);
  const head = ["medians (aim)", "panel CPU s", "÷ plain messages", "longest task, wall ms"];
  console.log(`${table(head, rows)}\n`);
}

const rtvi = (type: string, data?: object) => ({ label: "rtvi-ai", type, ...(data && { data }) });

function messageAt(index: number, { isTalk }: Scene): object {
  const text = TOKENS[index % TOKENS.length];
  const message = rtvi("bot-llm-text", { text });
  return isTalk ? message : { ...message, label: "my-app1" };
}

let rooms = 0;

async function runScene(server: RoomServer, scene: Scene, lengthS: number): Promise<Run> {
  const inspector = await launchInspector();
  try {
    const { context } = inspector;
    const room = `tokens-${++rooms}`;
    const page = await openBenchCall(context, server, room);
    const bot = server.room(room).join({ userName: "Bot" });
    const { panel } = await inspector.openPanel(page);
    // One turn of the bot's in both, so that the panel has the same to show before it starts.
    for (const type of ["bot-llm-started", "bot-started-speaking"]) bot.sendAppMessage(rtvi(type));
    await panel.getByRole("button", { name: "Conversation", exact: true }).waitFor();
    if (scene.isTalk) await openConversation(panel);
    await quiet(panel);
    const meter = await createCpuMeter(context, panel);
    const longestTask = await watchLongTasks(panel);
    const messages = PER_SECOND * lengthS;
    const arrived = page.evaluate((count) => window.bench.arrived(count), messages + 2);
    await sendAll(messages, (index) => bot.sendAppMessage(messageAt(index, scene)));
    await arrived;
    await quiet(panel);
    const run = { cpu: await meter.cpuSeconds(), longestTask: await longestTask() };
    if (scene.isTalk) await checkText(panel, messages);
    return run;
  } finally {
    await inspector.close();
  }
}

async function sendAll(messages: number, send: (index: number) => void): Promise<void> {
  const start = performance.now();
  for (let sent = 0; sent < messages;) {
    const due = ((performance.now() - start) / 1000) * PER_SECOND;
    for (; sent < Math.min(due, messages); sent++) send(sent);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** All tokens have become the one turn. Throws otherwise: a view that shows less costs less. */
async function checkText(panel: Frame, tokens: number): Promise<void> {
  const all = Array.from({ length: tokens }, (_, index) => TOKENS[index % TOKENS.length]).join("");
  // What is shown of so long a text, until all of it is asked for, is its beginning and its end.
  await panel.getByRole("button", { name: /Show all/ }).click();
  const shown = await panel.locator(".talk__row--bot .talk__text").allTextContents();
  if (shown.length !== 1 || !shown[0]?.includes(all.trim()))
    throw new Error("The conversation doesn't show all tokens in one row.");
}
