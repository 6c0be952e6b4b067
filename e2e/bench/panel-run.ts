import type { Frame } from "@playwright/test";

import { exportRecording } from "../fixtures";
import { launchInspector } from "../inspector";
import type { RoomServer } from "../room/server";
import { atRest } from "./at-rest";
import { openBenchCall } from "./bench-server";
import { type Breakdown, createCpuMeter, type Size } from "./cpu-meter";
import { watchLongTasks } from "./long-tasks";
import { openDevtools } from "./open-devtools";
import { orderFault } from "./order-fault";
import { type Load, playStream } from "./play-stream";
import { profileWhile } from "./profile";
import { readStatus, type Status, total } from "./read-status";
import { SENDERS } from "./stream";
import { traceTasks } from "./task-trace";

const LONGEST_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 100;

export type PageRun = {
  /** Main thread of the page, CPU seconds. */
  readonly pageCpu: number;
  /** From the first message sent to the last one emitted by daily-js, wall seconds. */
  readonly pageDone: number;
};

export type PanelRun = PageRun &
  Size & {
    readonly panelCpu: number;
    readonly breakdown: Breakdown;
    /** Wall milliseconds; 0 when none took 50 ms. */
    readonly longestTask: number;
    /** CPU milliseconds. */
    readonly longestTaskCpu: number;
    /** From the first message sent to the panel at rest with all of them, wall seconds; undefined when never. */
    readonly settled: number | undefined;
    readonly status: Status;
    /** What is wrong with the exported recording; undefined for nothing. */
    readonly fault: string | undefined;
  };

type Options = {
  /** Another build of the extension than the usual one. */
  readonly extension?: string;
  /** Where to save a CPU profile of the panel. */
  readonly profileTo?: string;
};

/** A load on a page with the panel open. */
export async function runWithPanel(
  server: RoomServer,
  load: Load,
  { extension, profileTo }: Options = {},
): Promise<PanelRun> {
  const inspector = await launchInspector(extension === undefined ? {} : { extension });
  try {
    const { context } = inspector;
    const { page, sendAll } = await prepare(server, context, load);
    const { panel, devtools } = await inspector.openPanel(page);
    const before = await restingTotal(panel);
    const pageMeter = await createCpuMeter(context, page);
    const panelMeter = await createCpuMeter(context, panel);
    const longestTask = await watchLongTasks(panel);
    const longestTaskCpu = await traceTasks(context, panel);

    async function measure() {
      await Promise.all([pageMeter.reset(), panelMeter.reset()]);
      const { start, pageDone } = await sendAll();
      const isSettled = await settles(panel, before + load.messages);
      return {
        pageDone,
        settled: isSettled ? secondsSince(start) : undefined,
        pageCpu: await pageMeter.cpuSeconds(),
        panelCpu: await panelMeter.cpuSeconds(),
        breakdown: await panelMeter.breakdown(),
        longestTask: await longestTask(),
        longestTaskCpu: await longestTaskCpu(),
      };
    }
    const measured = profileTo
      ? await profileWhile(panelMeter.session, profileTo, measure)
      : await measure();
    const status = await readStatus(panel);
    const size = await panelMeter.size();
    const { events } = await exportRecording(panel, devtools);
    return { ...measured, ...size, status, fault: orderFault(events, load.messages, status) };
  } finally {
    await inspector.close();
  }
}

/** The same without the extension; DevTools is open there too, for it has its own price. */
export async function runWithoutExtension(server: RoomServer, load: Load): Promise<PageRun> {
  const inspector = await launchInspector({ withExtension: false });
  try {
    const { context } = inspector;
    const { page, sendAll } = await prepare(server, context, load);
    await openDevtools(context, page, "elements");
    const meter = await createCpuMeter(context, page);
    const { pageDone } = await sendAll();
    return { pageCpu: await meter.cpuSeconds(), pageDone };
  } finally {
    await inspector.close();
  }
}

let rooms = 0;

async function prepare(
  server: RoomServer,
  context: Parameters<typeof openBenchCall>[0],
  load: Load,
) {
  const name = `load-${++rooms}`;
  const page = await openBenchCall(context, server, name);
  const senders = SENDERS.map((userName) => server.room(name).join({ userName }));

  async function sendAll(): Promise<{ start: number; pageDone: number }> {
    const start = performance.now();
    const arrived = page.evaluate((count) => window.bench.arrived(count), load.messages);
    await playStream(load, (message, sender) => senders[sender]?.sendAppMessage(message));
    await arrived;
    return { start, pageDone: secondsSince(start) };
  }
  return { page, sendAll };
}

/** Waits until the status bar counts everything and nothing is left to do. False when it takes too long. */
async function settles(panel: Frame, wanted: number): Promise<boolean> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (total(await readStatus(panel)) < wanted) {
    if (performance.now() > deadline) return false;
    await pause();
  }
  await atRest(panel);
  return true;
}

/** How many events there are once the panel has caught up with what came before. */
async function restingTotal(panel: Frame): Promise<number> {
  for (let last = -1; ; await pause()) {
    const now = total(await readStatus(panel));
    if (now === last && now > SENDERS.length) return now;
    last = now;
  }
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;
const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
