import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { BrowserContext, Page } from "@playwright/test";
import { WebSocketServer } from "ws";

import { launchInspector, until } from "../inspector";
import { createCpuMeter, type Size } from "./cpu-meter";
import { watchLongTasks } from "./long-tasks";
import { openDevtools } from "./open-devtools";
import { type Load, playStream } from "./play-stream";

const LONGEST_WAIT_MS = 90_000;
const LOOK_EVERY_MS = 250;

const PAGE = `<!doctype html><title>A WebSocket</title><script>
  const socket = new WebSocket("ws://" + location.host + "/socket");
  socket.onmessage = ({ data }) => void JSON.parse(data);
</script>`;

export type ChromeRun = {
  readonly cpu: number;
  readonly longestTask: number;
  /** Wall seconds until the last message was shown; undefined when the time was over before. */
  readonly settled: number | undefined;
  /** Undefined when DevTools was too busy to tell. */
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
    const isSettled = await settles(devtools, `"n":${load.messages - 1},`);
    const settled = isSettled ? (performance.now() - start) / 1000 : undefined;
    return {
      settled,
      cpu: await meter.cpuSeconds(),
      longestTask: await longestTask(),
      size: isSettled ? await meter.size() : undefined,
    };
  } finally {
    await inspector.close();
    server.close();
  }
}

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

/** Waits until the grid, which follows its end, shows a text, and DevTools has nothing left to do. */
async function settles(devtools: Page, text: string): Promise<boolean> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  const isShown = () =>
    devtools.evaluate(
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
  try {
    await until(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        return within(isShown(), deadline);
      },
      "all messages",
      LONGEST_WAIT_MS,
    );
    return true;
  } catch {
    return false;
  }
}

/** What DevTools answers, or false when it is too busy to do so in time. */
async function within(answer: Promise<boolean>, deadline: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), deadline - performance.now());
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
