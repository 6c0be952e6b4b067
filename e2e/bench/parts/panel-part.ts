import type { RoomServer } from "../../room/server";
import { startBenchServer } from "../bench-server";
import { loads, type MeasuredLoad } from "../loads";
import { type PageRun, type PanelRun, runWithoutExtension, runWithPanel } from "../panel-run";
import { against, columns, median, progress, seconds, task, whole } from "../report";

/**
 * What a load's rounds came to: medians of CPU time and sizes, the longest of all tasks by its CPU time, and the least of
 * wall times, which other work on the machine can only make longer.
 */
export type PanelFigures = Pick<
  PanelRun,
  "panelCpu" | "longestTask" | "longestTaskCpu" | "nodes" | "heapMb" | "settled"
> & { readonly pageAdded: number };

const ROWS = [
  "panel CPU s",
  "longest task, CPU ms",
  "longest task, wall ms",
  "nodes",
  "heap MB",
  "settled, wall s",
  "page has emitted all, wall s",
  "the same without the extension",
  "page CPU s added",
  "page CPU s without the extension",
  "events shown + dropped + folded",
  "recording",
];

/**
 * The panel while messages pour into a page: what it costs, and what it costs the page. Prints a table, and returns the
 * figures of the panel by the names of the loads.
 */
export async function panelPart(quick: boolean): Promise<ReadonlyMap<string, PanelFigures>> {
  const server = await startBenchServer();
  const figures = new Map<string, PanelFigures>();
  const cells: [string, string[]][] = [];
  try {
    for (const load of loads(quick)) {
      const { runs, controls } = await measure(server, load);
      const medians = figuresOf(runs, controls);
      figures.set(load.name, medians);
      cells.push([load.name, describe(load, medians, runs, controls)]);
    }
  } finally {
    await server.close();
  }
  console.log(`${columns("measured (aim)", ROWS, cells)}\n`);
  console.log(
    "CPU and sizes: median of the rounds; of tasks, the longest. Wall times, which include what other processes took from the cores: the least.\n",
  );
  return figures;
}

async function measure(server: RoomServer, load: MeasuredLoad) {
  const runs: PanelRun[] = [];
  const controls: PageRun[] = [];
  for (let round = 0; round < load.rounds; round++) {
    progress(`Panel, ${load.name}, round ${round + 1} of ${load.rounds}`);
    controls.push(await runWithoutExtension(server, load));
    runs.push(await runWithPanel(server, load));
  }
  return { runs, controls };
}

function figuresOf(runs: readonly PanelRun[], controls: readonly PageRun[]): PanelFigures {
  const of = (read: (run: PanelRun) => number) => median(runs.map(read));
  const settled = runs.flatMap((run) => run.settled ?? []);
  return {
    panelCpu: of(({ panelCpu }) => panelCpu),
    longestTaskCpu: Math.max(...runs.map((run) => run.longestTaskCpu)),
    longestTask: Math.min(...runs.map(({ longestTask }) => longestTask)),
    nodes: of(({ nodes }) => nodes),
    heapMb: of(({ heapMb }) => heapMb),
    settled: settled.length > 0 ? Math.min(...settled) : undefined,
    pageAdded: of(({ pageCpu }) => pageCpu) - median(controls.map(({ pageCpu }) => pageCpu)),
  };
}

function describe(
  { aims }: MeasuredLoad,
  figures: PanelFigures,
  runs: readonly PanelRun[],
  controls: readonly PageRun[],
): string[] {
  const aimed = (key: keyof PanelFigures, format = seconds): string => {
    const [value, aim] = [figures[key], aims[key]];
    if (aim !== undefined) return against(value, aim, format);
    return value === undefined ? "never" : format(value);
  };
  const { events, dropped, folded } = (runs.at(-1) as PanelRun).status;
  return [
    aimed("panelCpu"),
    aimed("longestTaskCpu", whole),
    aimed("longestTask", task),
    aimed("nodes", whole),
    aimed("heapMb", whole),
    aimed("settled"),
    seconds(Math.min(...runs.map(({ pageDone }) => pageDone))),
    seconds(Math.min(...controls.map(({ pageDone }) => pageDone))),
    aimed("pageAdded"),
    seconds(median(controls.map(({ pageCpu }) => pageCpu))),
    [events, dropped, folded].map(whole).join(" + "),
    [...new Set(runs.map(({ fault }) => fault ?? "complete, in order"))].join("; "),
  ];
}
