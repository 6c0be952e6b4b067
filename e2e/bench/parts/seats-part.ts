import type { Page } from "@playwright/test";

import { launchInspector } from "../../inspector";
import type { RoomServer } from "../../room/server";
import { openBenchCall, startBenchServer } from "../bench-server";
import { createCpuMeter } from "../cpu-meter";
import { watchLongTasks } from "../long-tasks";
import { quiet } from "../quiet";
import { against, median, progress, ratio, seconds, table, task } from "../report";
import { messageAt } from "../stream";

/** Events a second of all pages together: half of them messages that were sent, and half the arrivals of those. */
const EVENTS_PER_SECOND = 600;
/** The panel may cost so many times what it costs for one page with as many events. */
const AIM = 1.8;

/** Who the panel sees, and what of it its table shows. */
const SCENES = [
  { name: "one page", pages: 1, isRoomWide: false },
  { name: "three seats", pages: 3, isRoomWide: false },
  { name: "three seats, the events of all shown", pages: 3, isRoomWide: true },
] as const;
type Scene = (typeof SCENES)[number];

type Run = { readonly cpu: number; readonly longestTask: number };

/**
 * The same number of events a second from one page, and from three that are in one room, where each message is paired
 * with its arrival: in turns, because what counts is the ratio.
 */
export async function seatsPart(quick: boolean): Promise<void> {
  const [lengthS, rounds] = quick ? [3, 1] : [20, 3];
  const runs = new Map<Scene, Run[]>(SCENES.map((scene) => [scene, []]));
  const server = await startBenchServer();
  try {
    for (let round = 0; round < rounds; round++) {
      for (const scene of SCENES) {
        progress(`Seats, ${scene.name}, round ${round + 1} of ${rounds}`);
        runs.get(scene)?.push(await runScene(server, scene, lengthS));
      }
    }
  } finally {
    await server.close();
  }
  const cpuOf = (scene: Scene) => median((runs.get(scene) ?? []).map(({ cpu }) => cpu));
  const alone = cpuOf(SCENES[0]);
  const rows = SCENES.map((scene) => [
    `${scene.name}, ${EVENTS_PER_SECOND / scene.pages}/s each for ${lengthS} s`,
    seconds(cpuOf(scene)),
    scene === SCENES[0] ? "" : against(cpuOf(scene) / alone, AIM, ratio),
    task(Math.min(...(runs.get(scene) ?? []).map(({ longestTask }) => longestTask))),
  ]);
  const head = ["medians (aim)", "panel CPU s", "÷ one page", "longest task, wall ms"];
  console.log(`${table(head, rows)}\n`);
}

let rooms = 0;

async function runScene(server: RoomServer, scene: Scene, lengthS: number): Promise<Run> {
  const inspector = await launchInspector();
  try {
    const { context } = inspector;
    const room = `seats-${++rooms}`;
    const pages: Page[] = [];
    for (let count = 0; count < scene.pages; count++)
      pages.push(await openBenchCall(context, server, room));
    const [inspected] = pages as [Page];
    await inspected.bringToFront();
    const { panel } = await inspector.openPanel(inspected);
    const others = panel.getByText(`Seats ${scene.pages - 1}`, { exact: true });
    await others.waitFor();
    if (scene.isRoomWide) {
      await others.click();
      await panel.getByLabel("Show their events, too").check();
      await panel.getByRole("dialog", { name: "Seats" }).press("Escape");
    }
    const perSecond = EVENTS_PER_SECOND / 2 / scene.pages;
    const count = perSecond * lengthS;
    const send = await senders(server, room, pages);
    await quiet(panel);
    const meter = await createCpuMeter(context, panel);
    const longestTask = await watchLongTasks(panel);
    const arrived = pages.map((page) =>
      page.evaluate((messages) => window.bench.arrived(messages), count),
    );
    await Promise.all(send.map((each) => each(count, perSecond)));
    await Promise.all(arrived);
    await quiet(panel);
    return { cpu: await meter.cpuSeconds(), longestTask: await longestTask() };
  } finally {
    await inspector.close();
  }
}

type Send = (messages: number, perSecond: number) => Promise<void>;

/** Each page sends to the next one; one that is alone to someone without a browser, who sends as much back. */
async function senders(server: RoomServer, room: string, pages: readonly Page[]): Promise<Send[]> {
  const stream =
    (page: Page, to: string): Send =>
    (messages, perSecond) =>
      page.evaluate((args) => window.bench.stream(...args), [messages, perSecond, to] as const);
  const [alone, ...others] = pages as [Page, ...Page[]];
  if (others.length > 0) {
    const ids = await Promise.all(pages.map(idOf));
    return pages.map((page, place) => stream(page, ids[(place + 1) % ids.length] as string));
  }
  const partner = server.room(room).join({ userName: "Ben" });
  let answers = 0;
  partner.on(({ action }) => {
    if (action === "app-message") partner.sendAppMessage(messageAt(answers++));
  });
  return [stream(alone, partner.sessionId)];
}

const idOf = (page: Page): Promise<string> =>
  page.evaluate(() => window.call.participants().local.session_id);
