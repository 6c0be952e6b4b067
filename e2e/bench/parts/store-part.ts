import type { Page } from "@playwright/test";

import { launchInspector } from "../../inspector";
import { startBenchServer } from "../bench-server";
import { createCpuMeter } from "../cpu-meter";
import { table, whole } from "../report";

const STEPS = 10;
/** Typed letter by letter. Only the votes hold it, an eighth of the messages. */
const WORD = "choices";

/** The panel's store by itself: whether its thousandth event costs the same as its millionth. */
export async function storePart(quick: boolean): Promise<void> {
  const events = quick ? 20_000 : 1_000_000;
  const server = await startBenchServer();
  const inspector = await launchInspector({ withExtension: false });
  try {
    const page = await inspector.context.newPage();
    await page.goto(`${server.origin}/bench/store.html`);
    await page.waitForFunction(() => window.storeLoad !== undefined);
    await append(page, events);
    await filter(page);
  } finally {
    await inspector.close();
    await server.close();
  }
}

async function append(page: Page, events: number): Promise<void> {
  const meter = await createCpuMeter(page.context(), page);
  const step = events / STEPS;
  const rows: string[][] = [];
  for (let done = 0; done < events; done += step) {
    const { readMs, appendMs, longestMs } = await page.evaluate(
      (count) => window.storeLoad.append(count),
      step,
    );
    const { events: kept, folded } = await page.evaluate(() => window.storeLoad.counts());
    const microseconds = (ms: number) => ((ms * 1000) / step).toFixed(2);
    rows.push([
      `${whole(done + step)}`,
      microseconds(readMs),
      microseconds(appendMs),
      longestMs.toFixed(1),
      `${whole(kept)} + ${whole(folded)}`,
      whole((await meter.size()).heapMb),
    ]);
  }
  const head = [
    "events so far",
    "µs an event: read and checked",
    "µs an event: appended, shown",
    "longest batch ms",
    "kept + folded",
    "heap MB",
  ];
  console.log(`${table(head, rows)}\n`);
}

async function filter(page: Page): Promise<void> {
  const rows: string[][] = [];
  for (let length = 1; length <= WORD.length; length++) {
    const text = WORD.slice(0, length);
    const {
      blockedMs,
      firstRowMs,
      doneMs,
      rows: found,
    } = await page.evaluate((typed) => window.storeLoad.filterFor(typed), text);
    rows.push([text, blockedMs.toFixed(0), firstRowMs.toFixed(0), doneMs.toFixed(0), whole(found)]);
  }
  const head = ["filter", "blocked ms", "first rows after ms", "all after ms", "rows"];
  console.log(`${table(head, rows)}\n`);
}
