import { type ChromeRun, runChromeMessages } from "../chrome-run";
import { loads } from "../loads";
import type { PanelFigures } from "./panel-part";
import { columns, progress, ratio, seconds, task, whole } from "../report";

const ROWS = ["CPU s", "longest task, wall ms", "nodes", "heap MB", "settled, wall s"];
const RATIO_ROWS = ["CPU", "longest task", "nodes", "heap", "settled"];

/** Chrome's own view of the same traffic, and how the panel compares where it was measured in this run. */
export async function chromePart(
  quick: boolean,
  panel: ReadonlyMap<string, PanelFigures>,
): Promise<void> {
  const measured: [string, string[]][] = [];
  const ratios: [string, string[]][] = [];
  for (const load of loads(quick)) {
    progress(`Chrome, ${load.name}`);
    const run = await runChromeMessages(load);
    measured.push([load.name, describe(run)]);
    const ours = panel.get(load.name);
    if (ours) ratios.push([load.name, compare(ours, run)]);
  }
  console.log(`${columns("", ROWS, measured)}\n`);
  if (ratios.length > 0) console.log(`${columns("panel ÷ Chrome", RATIO_ROWS, ratios)}\n`);
}

function describe({ cpu, longestTask, settled, size }: ChromeRun): string[] {
  return [
    settled === undefined ? `> ${seconds(cpu)}` : seconds(cpu),
    longestTask === undefined ? "not read" : task(longestTask),
    size ? whole(size.nodes) : "not read",
    size ? whole(size.heapMb) : "not read",
    settled === undefined ? "unfinished after 90 s" : seconds(settled),
  ];
}

/** Where Chrome did not finish, its CPU time so far makes the ratio an upper bound. */
function compare(ours: PanelFigures, { cpu, longestTask, settled, size }: ChromeRun): string[] {
  return [
    (settled === undefined ? "< " : "") + ratio(ours.panelCpu / cpu),
    longestTask && ours.longestTask ? ratio(ours.longestTask / longestTask) : "-",
    size ? ratio(ours.nodes / size.nodes) : "-",
    size ? ratio(ours.heapMb / size.heapMb) : "-",
    ours.settled !== undefined && settled !== undefined ? ratio(ours.settled / settled) : "-",
  ];
}
