import { type ChromeRun, runChromeMessages } from "./chrome-run";
import { loads } from "./loads";
import type { PanelFigures } from "./panel-part";
import { ratio, seconds, table, task, whole } from "./report";

const HEAD = ["load", "CPU s", "longest task ms", "nodes", "heap MB", "settled s"];

/** Chrome's own view of the same traffic, and how the panel compares where it was measured in this run. */
export async function chromePart(
  quick: boolean,
  panel: ReadonlyMap<string, PanelFigures>,
): Promise<void> {
  const rows: string[][] = [];
  for (const load of loads(quick)) {
    const run = await runChromeMessages(load);
    const { cpu, longestTask, settled, size } = run;
    rows.push([
      load.name,
      settled === undefined ? `> ${seconds(cpu)}` : seconds(cpu),
      task(longestTask),
      size ? whole(size.nodes) : "?",
      size ? whole(size.heapMb) : "?",
      settled === undefined ? "unfinished after 90 s" : seconds(settled),
    ]);
    const ours = panel.get(load.name);
    if (ours) rows.push(["panel ÷ Chrome", ...compare(ours, run)]);
  }
  console.log(`${table(HEAD, rows)}\n`);
}

function compare(ours: PanelFigures, { cpu, longestTask, settled, size }: ChromeRun): string[] {
  const bound = settled === undefined ? "< " : "";
  return [
    bound + ratio(ours.panelCpu / cpu),
    longestTask > 0 && ours.longestTask > 0 ? ratio(ours.longestTask / longestTask) : "",
    size ? ratio(ours.nodes / size.nodes) : "",
    size ? ratio(ours.heapMb / size.heapMb) : "",
    ours.settled !== undefined && settled !== undefined ? ratio(ours.settled / settled) : "",
  ];
}
