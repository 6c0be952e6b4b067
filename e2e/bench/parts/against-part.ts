import { EXTENSION } from "../../inspector";
import type { RoomServer } from "../../room/server";
import { openBareBrowser } from "../bare-browser";
import { benchCallUrl, startBenchServer } from "../bench-server";
import { loads } from "../loads";
import { runWithPanel } from "../panel-run";
import { largeRecording, measureOpening } from "./million-part";
import { median, progress, ratio, table } from "../report";
import { serveTurns } from "../turns";

/** The build in `dist`, the same once more, and the one it is compared with. The two equal ones tell how much is noise. */
const BUILDS = ["this", "this again", "other"] as const;
type Build = (typeof BUILDS)[number];

/** What was measured, round by round. */
type Figures = Readonly<Record<Build, number[]>>;

const CALLS = 500;
const WARM_UP_ROUNDS = 3;

/**
 * Two builds in alternating runs, so that a busy machine slows both. Prints medians, and beside the ratio of the two
 * builds that of a build to itself: a difference within it says nothing. `other` is a folder with a built extension.
 */
export async function againstPart(quick: boolean, other: string): Promise<void> {
  const folderOf: Readonly<Record<Build, string>> = {
    this: EXTENSION,
    "this again": EXTENSION,
    other,
  };
  const rows: string[][] = [];
  const server = await startBenchServer();
  try {
    rows.push(rowOf("hook, panel closed: µs a call", await measureHook(server, folderOf, quick)));
    const [burst, stream] = loads(quick);
    for (const load of [burst, stream]) {
      if (!load) continue;
      const panel = newFigures();
      const heap = newFigures();
      const page = newFigures();
      await inTurns(quick ? 2 : 5, async (build, round) => {
        progress(`${load.name}, round ${round + 1}, ${build}`);
        const run = await runWithPanel(server, load, { extension: folderOf[build] });
        panel[build].push(run.panelCpu);
        heap[build].push(run.heapMb);
        page[build].push(run.pageCpu);
      });
      rows.push(rowOf(`${load.name}: panel CPU s`, panel));
      rows.push(rowOf(`${load.name}: panel heap MB`, heap));
      rows.push(rowOf(`${load.name}: page CPU s`, page));
    }
    const recording = await largeRecording(quick);
    const [cpu, heap] = [newFigures(), newFigures()];
    await inTurns(quick ? 2 : 3, async (build, round) => {
      progress(`${recording.events} events, round ${round + 1}, ${build}`);
      const opened = await measureOpening(recording, folderOf[build]);
      cpu[build].push(opened.cpu);
      heap[build].push(opened.heapMb);
    });
    recording.remove();
    rows.push(rowOf(`open ${recording.events} events: panel CPU s`, cpu));
    rows.push(rowOf(`open ${recording.events} events: panel heap MB`, heap));
  } finally {
    await server.close();
  }
  const head = ["medians", ...BUILDS, "this ÷ other", "this again ÷ this", "spread of this"];
  console.log(`${table(head, rows)}\n`);
}

const newFigures = (): Figures => ({ this: [], "this again": [], other: [] });

/** Each build in each round, in another order every time. */
async function inTurns(
  rounds: number,
  run: (build: Build, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < BUILDS.length; turn++)
      await run(BUILDS[(turn + round) % BUILDS.length] as Build, round);
}

/** Until `sendAppMessage()` returned, in browsers with nothing attached to them. */
async function measureHook(
  server: RoomServer,
  folderOf: Readonly<Record<Build, string>>,
  quick: boolean,
): Promise<Figures> {
  progress("hook");
  const turns = serveTurns(server);
  const figures = newFigures();
  const closers: (() => Promise<void>)[] = [];
  try {
    const takers = new Map<Build, Awaited<ReturnType<typeof turns.taker>>>();
    for (const build of BUILDS) {
      const name = `against-${build.replaceAll(" ", "-")}`;
      closers.push(openBareBrowser(`${benchCallUrl(server, name)}&turns=${name}`, folderOf[build]));
      takers.set(build, await turns.taker(name));
    }
    await inTurns(WARM_UP_ROUNDS + (quick ? 4 : 60), async (build, round) => {
      const ms = (await takers.get(build)?.timeSends(CALLS)) ?? NaN;
      if (round >= WARM_UP_ROUNDS) figures[build].push((ms * 1e3) / CALLS);
    });
  } finally {
    for (const close of closers) await close();
  }
  return figures;
}

function rowOf(name: string, figures: Figures): string[] {
  const medians = BUILDS.map((build) => median(figures[build]));
  const [one = NaN, again = NaN, other = NaN] = medians;
  const both = [...figures.this, ...figures["this again"]];
  const spread = `${Math.min(...both).toFixed(2)} – ${Math.max(...both).toFixed(2)}`;
  const values = medians.map((value) => value.toFixed(2));
  return [name, ...values, ratio(one / other), ratio(again / one), spread];
}
