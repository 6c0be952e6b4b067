import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";

import type { Frame, Page } from "@playwright/test";

import { launchInspector, until } from "../../inspector";
import { CALL_ID } from "../../../core/testing/session-text";
import { atRest } from "../at-rest";
import { startBenchServer } from "../bench-server";
import { createCpuMeter, type CpuMeter } from "../cpu-meter";
import { watchLongTasks } from "../long-tasks";
import { seconds, table, task, whole } from "../report";
import { traceTasks } from "../task-trace";

const LONGEST_WAIT_MS = 180_000;
const TURNS_OF_THE_WHEEL = 200;
/** Typed letter by letter; every eighth message holds it. */
const WORD = "choices";

/** A recording of a million events in the real panel: opened, scrolled, filtered. */
export async function millionPart(quick: boolean): Promise<void> {
  const { file, events, remove } = await largeRecording(quick);
  const { inspector, panel, devtools, meter, close } = await openPanel();
  try {
    const rows: string[][] = [];

    async function measure(what: string, act: () => Promise<unknown>): Promise<void> {
      const longestTask = await watchLongTasks(panel);
      const longestTaskCpu = await traceTasks(inspector.context, panel);
      await meter.reset();
      const start = performance.now();
      await act();
      await atRest(panel);
      const wall = (performance.now() - start) / 1000;
      rows.push([
        what,
        seconds(wall),
        seconds(await meter.cpuSeconds()),
        whole(await longestTaskCpu()),
        task(await longestTask()),
        await sizes(meter),
      ]);
    }

    await measure(`open ${whole(statSync(file).size / 1e6)} MB`, () => open(panel, file, events));
    await measure("scroll by the wheel", () => turnTheWheel(panel, devtools));
    await measure("jump to 50 places", () => jumpAround(panel));
    await measure(`type “${WORD}”`, () => typeFilter(panel));
    const head = ["", "wall s", "CPU s", "longest task, CPU ms", "wall ms", "nodes, heap MB"];
    console.log(`${table(head, rows)}\n`);
  } finally {
    await close();
    remove();
  }
}

/** What a build of the extension needs to open a recording: CPU seconds of the panel, and its heap afterwards. */
export async function measureOpening(
  { file, events }: LargeRecording,
  extension: string,
): Promise<{ readonly cpu: number; readonly heapMb: number }> {
  const { panel, meter, close } = await openPanel(extension);
  try {
    await meter.reset();
    await open(panel, file, events);
    await atRest(panel);
    return { cpu: await meter.cpuSeconds(), heapMb: (await meter.size()).heapMb };
  } finally {
    await close();
  }
}

type LargeRecording = {
  readonly file: string;
  readonly events: number;
  readonly remove: () => void;
};

/** A recording of a million events in a folder of its own, until `remove` is called. */
export async function largeRecording(quick: boolean): Promise<LargeRecording> {
  const events = quick ? 20_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), "inspector-for-daily-"));
  const file = join(folder, "recording.json");
  await writeRecording(file, events);
  return { file, events, remove: () => rmSync(folder, { recursive: true }) };
}

/** The panel on a page without a call. */
async function openPanel(extension?: string) {
  const server = await startBenchServer();
  const inspector = await launchInspector(extension === undefined ? {} : { extension });
  const page = await inspector.context.newPage();
  await page.goto(`${server.origin}/bench/store.html`);
  const { panel, devtools } = await inspector.openPanel(page);
  const meter = await createCpuMeter(inspector.context, panel);
  async function close(): Promise<void> {
    await inspector.close();
    await server.close();
  }
  return { inspector, panel, devtools, meter, close };
}

/** Small events, so that a million of them are a file that the panel takes. */
async function writeRecording(file: string, events: number): Promise<void> {
  const stream = createWriteStream(file);
  const documents = [
    { documentId: "d", url: "https://app.example/", callIds: [CALL_ID], dropped: 0 },
  ];
  const head = {
    format: "daily-recording",
    version: 1,
    recordedAt: "2026-01-01T12:00:00.000Z",
    page: { url: "https://app.example/", title: "App" },
    userAgent: "",
    documents,
  };
  stream.write(`${JSON.stringify(head).slice(0, -1)},"events":[`);
  for (let index = 0; index < events; index++) {
    const json = index % 8 === 0 ? `{"choices":${index}}` : `{"n":${index}}`;
    const event = {
      seq: index + 1,
      at: Date.UTC(2026, 0, 1) + index,
      callId: CALL_ID,
      kind: "daily-event",
      name: "app-message",
      payload: { json, chars: json.length, bytes: json.length },
      fromId: `p${index % 9}`,
      listeners: 1,
      handlerMs: 0,
    };
    if (!stream.write(`${index === 0 ? "" : ","}${JSON.stringify(event)}`))
      await once(stream, "drain");
  }
  stream.end("]}");
  await finished(stream);
}

async function open(panel: Frame, file: string, events: number): Promise<void> {
  await panel.locator(`input[type="file"]`).first().setInputFiles(file);
  await until(
    async () =>
      (await panel.locator(".status-bar").textContent())?.includes(whole(events)) ?? false,
    "the recording to be shown",
    LONGEST_WAIT_MS,
  );
}

async function turnTheWheel(panel: Frame, devtools: Page): Promise<void> {
  await panel.locator(".traffic__grid").hover();
  for (let turn = 0; turn < TURNS_OF_THE_WHEEL; turn++) {
    await devtools.mouse.wheel(0, turn % 4 === 3 ? -3_000 : 4_000);
    await nextFrame(panel);
  }
}

async function jumpAround(panel: Frame): Promise<void> {
  for (let place = 0; place < 50; place++) {
    await panel.locator(".traffic__grid").evaluate(
      (grid, share) => {
        grid.scrollTop = grid.scrollHeight * share;
      },
      (place * 0.381) % 1,
    );
    await nextFrame(panel);
  }
}

async function typeFilter(panel: Frame): Promise<void> {
  const filter = panel.getByRole("combobox", { name: "Filter" });
  await filter.pressSequentially(WORD);
  await until(
    async () => /125,000|2,500/.test((await panel.locator(".status-bar").textContent()) ?? ""),
    "all rows that pass",
    LONGEST_WAIT_MS,
  );
}

const nextFrame = (panel: Frame): Promise<void> =>
  panel.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));

async function sizes(meter: CpuMeter): Promise<string> {
  const { nodes, heapMb } = await meter.size();
  return `${whole(nodes)}, ${whole(heapMb)}`;
}
