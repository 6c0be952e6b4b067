import { startBenchServer } from "./bench-server";
import { loads } from "./loads";
import { type PanelRun, type PageRun, runWithoutExtension, runWithPanel } from "./panel-run";
import { against, median, seconds, table, task, whole } from "./report";

export type PanelFigures = Pick<
  PanelRun,
  "panelCpu" | "longestTask" | "nodes" | "heapMb" | "settled"
>;

const HEAD = [
  "load",
  "panel CPU s",
  "longest task ms",
  "nodes",
  "heap MB",
  "settled s",
  "page done s",
  "page CPU added s",
  "shown + dropped + folded",
  "recording",
];

/**
 * The panel while messages pour into a page: what it costs, and what it costs the page. Prints a table, and answers the
 * figures of the panel by the names of the loads.
 */
export async function panelPart(quick: boolean): Promise<ReadonlyMap<string, PanelFigures>> {
  const server = await startBenchServer();
  const figures = new Map<string, PanelFigures>();
  const rows: string[][] = [];
  try {
    for (const load of loads(quick)) {
      const runs: PanelRun[] = [];
      const controls: PageRun[] = [];
      for (let round = 0; round < load.rounds; round++) {
        controls.push(await runWithoutExtension(server, load));
        runs.push(await runWithPanel(server, load));
      }
      const of = (read: (run: PanelRun) => number) => median(runs.map(read));
      const pageAlone = median(controls.map(({ pageCpu }) => pageCpu));
      const measured = {
        panelCpu: of(({ panelCpu }) => panelCpu),
        longestTask: of(({ longestTask }) => longestTask),
        nodes: of(({ nodes }) => nodes),
        heapMb: of(({ heapMb }) => heapMb),
        pageAdded: of(({ pageCpu }) => pageCpu) - pageAlone,
        settled: runs.every(({ settled }) => settled !== undefined)
          ? of(({ settled }) => settled ?? Infinity)
          : undefined,
      };
      figures.set(load.name, measured);
      const aimed = (
        key: keyof typeof measured,
        format: (value: number) => string = seconds,
      ): string => {
        const value = measured[key];
        const aim = load.aims[key];
        if (aim !== undefined) return against(value, aim, format);
        return value === undefined ? "never" : format(value);
      };
      const { events, dropped, folded } = runs.at(-1)!.status;
      rows.push([
        load.name,
        aimed("panelCpu"),
        aimed("longestTask", task),
        aimed("nodes", whole),
        aimed("heapMb", whole),
        aimed("settled"),
        `${seconds(of(({ pageDone }) => pageDone))} / ${seconds(median(controls.map(({ pageDone }) => pageDone)))} alone`,
        `${aimed("pageAdded")} to ${seconds(pageAlone)}`,
        [events, dropped, folded].map(whole).join(" + "),
        [...new Set(runs.map(({ fault }) => fault ?? "complete, in order"))].join("; "),
      ]);
    }
  } finally {
    await server.close();
  }
  console.log(`${table(HEAD, rows)}\n`);
  return figures;
}
