import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { BrowserContext, Page } from "@playwright/test";
import { WebSocketServer } from "ws";

import { launchInspector, until } from "../inspector";
import { createCpuMeter, type Size } from "./cpu-meter";
import { watchLongTasks } from "./long-tasks";
import { openDevtools } from "./open-devtools";
import { type Load, playStream } from "./play-stream";
import { within } from "./within";

const LONGEST_WAIT_MS = 90_000;
const LOOK_EVERY_MS = 250;
/** How long a DevTools that did not finish may take for an answer. */
const LAST_WORDS_MS = 10_000;

const PAGE = `<!doctype html><title>A WebSocket</title><script>
  const socket = new WebSocket("ws://" + location.host + "/socket");
  socket.onmessage = ({ data }) => void JSON.parse(data);
</script>`;

export type ChromeRun = {
  /** Until it settled, or until the last time that DevTools had a moment to tell. */
  readonly cpu: number;
  readonly longestTask: number | undefined;
  /** Wall seconds until the last message was shown; undefined when the time was over before. */
  readonly settled: number | undefined;
  /** This and the longest task are undefined when DevTools was too busy to tell. */
  readonly size: Size | undefined;
};

/** A load over a plain WebSocket, with the Messages of that socket shown in Chrome's Network panel. */
export async function runChromeMessages(load: Load): Promise<ChromeRun> {
  const server = await startSocketServer();
  const inspector = await launchInspector({ withExtension: false });
  try {
    const devtools = await showMessages(inspector.context, server.origin);
    const meter = await createCpuMeter(inspector.context, devtools);
    const longestTask = await watchLongTasks(devtools);
    const start = performance.now();
    await playStream(load, (message) => {
      for (const client of server.sockets.clients) client.send(JSON.stringify(message));
    });
    // DevTools may be too busy to be asked at the end, so each look keeps what it spent so far.
    const deadline = start + LONGEST_WAIT_MS;
    let [cpu, isSettled] = [0, false];
    while (!isSettled && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      const left = deadline - performance.now();
      isSettled = (await within(isShown(devtools, lastOf(load)), left)) ?? false;
      cpu = (await within(meter.cpuSeconds(), Math.max(left, LAST_WORDS_MS))) ?? cpu;
    }
    return {
      cpu,
      settled: isSettled ? (performance.now() - start) / 1000 : undefined,
      longestTask: await within(longestTask(), LAST_WORDS_MS),
      size: isSettled ? await meter.size() : undefined,
    };
  } finally {
    await inspector.close();
    server.close();
  }
}

/** A part of the last message that no other has. */
const lastOf = ({ messages }: Load): string => `"n":${messages - 1},`;

async function startSocketServer() {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end(PAGE);
  });
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    sockets,
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.close();
    },
  };
}

/** Network → the socket → Messages. The page is loaded again, for DevTools sees only sockets that open later. */
async function showMessages(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  const devtools = await openDevtools(context, page, "network");
  const socket = devtools.locator(".network-log-grid tr", { hasText: "socket" }).first();
  // A DevTools that is still starting does not see the reload either.
  await until(async () => {
    await page.reload();
    await socket.waitFor({ timeout: 2_000 });
    return true;
  }, "the socket in the Network panel");
  await socket.click({ position: { x: 20, y: 8 } });
  await devtools.getByRole("tab", { name: "Messages" }).click();
  await devtools.locator("devtools-data-grid").waitFor();
  return devtools;
}

/** Whether the grid, which follows its end, shows a text; answered when DevTools has a moment. */
function isShown(devtools: Page, text: string): Promise<boolean> {
  return devtools.evaluate(
    (wanted) =>
      new Promise<boolean>((resolve) => {
        requestAnimationFrame(() => {
          const grid = document.querySelector("devtools-data-grid")?.shadowRoot;
          const rows = grid?.querySelectorAll("tr") ?? [];
          const isThere = [...rows].some((row) => row.textContent?.includes(wanted));
          requestIdleCallback(() => resolve(isThere));
        });
      }),
    text,
  );
}
