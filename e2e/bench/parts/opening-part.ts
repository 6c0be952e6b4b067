import type { BrowserContext, Frame, Page } from "@playwright/test";

import { devtoolsWindows, launchInspector, selectPanel, until } from "../../inspector";
import type { RoomServer } from "../../room/server";
import { openBenchCall, startBenchServer } from "../bench-server";
import { openDevtools } from "../open-devtools";
import { playStream } from "../play-stream";
import { quiet } from "../quiet";
import { against, median, progress, ratio, table, whole } from "../report";

/** The panel may take so many times as long as Chrome's Network panel. */
const AIM = 1.5;
/** As many as a browser opens to one server at a time; more would only wait. */
const FETCHES_AT_ONCE = 6;

let rooms = 0;

/**
 * The time from choosing the tab of a panel to its first rows: ours, with events that the page kept before, and Chrome's
 * Network panel, with as many requests that DevTools recorded before. In turns, in browsers of their own, because what
 * counts is the ratio; each panel is opened for the first time in its DevTools window.
 */
export async function openingPart(quick: boolean): Promise<void> {
  const [count, rounds] = quick ? [500, 1] : [10_000, 5];
  const [ours, network]: [number[], number[]] = [[], []];
  const server = await startBenchServer();
  try {
    for (let round = 1; round <= rounds; round++) {
      progress(`Opening, round ${round} of ${rounds}`);
      ours.push(await openOurs(server, count));
      network.push(await openNetwork(server, count));
    }
  } finally {
    await server.close();
  }
  const spread = (times: readonly number[]) =>
    `${whole(Math.min(...times))} – ${whole(Math.max(...times))}`;
  const rows = [
    [`Network, ${whole(count)} requests`, whole(median(network)), spread(network), ""],
    [
      `Daily, ${whole(count)} events`,
      whole(median(ours)),
      spread(ours),
      against(median(ours) / median(network), AIM, ratio),
    ],
  ];
  const head = ["first rows (aim)", "median, wall ms", "of all", "÷ Network"];
  console.log(`${table(head, rows)}\n`);
}

/** Wall milliseconds until the panel shows rows, of a page that has sent and received so many messages. */
async function openOurs(server: RoomServer, count: number): Promise<number> {
  const inspector = await launchInspector();
  try {
    const { context } = inspector;
    const room = `opening-${++rooms}`;
    const page = await openBenchCall(context, server, room);
    const sender = server.room(room).join({ userName: "Ben" });
    const arrived = page.evaluate((messages) => window.bench.arrived(messages), count);
    await playStream({ name: "", messages: count, perSecond: 2_000 }, (message) =>
      sender.sendAppMessage(message),
    );
    await arrived;
    const devtools = await openDevtools(context, page, "elements");
    const extensionOrigin = await originIn(context);
    await devtools.getByRole("tab", { name: "Daily" }).waitFor({ state: "attached" });
    const start = performance.now();
    void selectPanel(devtools, extensionOrigin);
    const panel = await frameOf(devtools, `${extensionOrigin}/panel/`);
    await panel.locator(".traffic__rows .row").first().waitFor();
    const ms = performance.now() - start;
    await quiet(panel);
    const shown = await panel.locator(".status-bar").innerText();
    if (!/\d/.test(shown)) throw new Error(`The panel has no events: ${shown}`);
    return ms;
  } finally {
    await inspector.close();
  }
}

/** The same for Chrome's Network panel, of a page that has made so many requests with DevTools open. */
async function openNetwork(server: RoomServer, count: number): Promise<number> {
  const inspector = await launchInspector({ withExtension: false });
  try {
    const { context } = inspector;
    const page = await openBenchCall(context, server, `opening-${++rooms}`);
    const devtools = await openDevtools(context, page, "elements");
    await page.evaluate(
      async ([requests, atOnce]) => {
        let next = 0;
        await Promise.all(
          Array.from({ length: atOnce }, async () => {
            while (next < requests) await (await fetch(`/bench/call.html?n=${next++}`)).text();
          }),
        );
      },
      [count, FETCHES_AT_ONCE] as const,
    );
    const start = performance.now();
    void openDevtools(context, page, "network");
    await devtools.locator(".network-log-grid tr.data-grid-data-grid-node").first().waitFor();
    return performance.now() - start;
  } finally {
    await inspector.close();
  }
}

/** The extension's origin, as its page in DevTools has it. */
async function originIn(context: BrowserContext): Promise<string> {
  let origin = "";
  await until(async () => {
    origin = devtoolsWindows(context)[0]?.extensionOrigin ?? "";
    return origin !== "";
  }, "the extension in DevTools");
  return origin;
}

/** The frame of a DevTools window with that address, as soon as it is there. */
async function frameOf(devtools: Page, address: string): Promise<Frame> {
  let found: Frame | undefined;
  await until(async () => {
    found = devtools.frames().find((frame) => frame.url().startsWith(address));
    return found !== undefined;
  }, "the frame of the panel");
  return found as Frame;
}
