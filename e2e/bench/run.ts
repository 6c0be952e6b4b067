/** `npm run bench`: builds nothing itself, measures, and prints a table for each part. Times decide nothing. */
import { fileURLToPath } from "node:url";

import { build } from "vite";

import { againstPart } from "./parts/against-part";
import { startBenchServer } from "./bench-server";
import { chromePart } from "./parts/chrome-part";
import { fixturePart } from "./parts/fixture-part";
import { hookPart } from "./parts/hook-part";
import { loads } from "./loads";
import { describeLoad, describeMachine } from "./machine";
import { millionPart } from "./parts/million-part";
import { openingPart } from "./parts/opening-part";
import { type BenchOptions, HELP, parseOptions } from "./options";
import { type PanelFigures, panelPart } from "./parts/panel-part";
import { runWithPanel } from "./panel-run";
import { seconds, table } from "./report";
import { rulesPart } from "./parts/rules-part";
import { seatsPart } from "./parts/seats-part";
import { storePart } from "./parts/store-part";
import { tokensPart } from "./parts/tokens-part";

const READABLE = fileURLToPath(new URL("../../dist/chrome-readable", import.meta.url));
const PROFILE = fileURLToPath(new URL("../../bench-results/panel.cpuprofile", import.meta.url));

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return;
  console.log(`${await describeMachine()}\n`);
  if (options.profile) return profilePanel(options);
  if (options.against !== undefined) return againstPart(options.quick, options.against);

  let figures: ReadonlyMap<string, PanelFigures> = new Map();
  for (const part of options.parts) {
    switch (part) {
      case "panel":
        console.log("The panel under load\n");
        figures = await panelPart(options.quick);
        break;
      case "chrome":
        console.log("Chrome's own Network → Messages under the same load\n");
        await chromePart(options.quick, figures);
        break;
      case "hook":
        console.log("What a small sendAppMessage() costs the page\n");
        await hookPart(options.quick);
        break;
      case "store":
        console.log("The store, in a page of its own\n");
        await storePart(options.quick);
        break;
      case "million":
        console.log("A recording of a million events in the real panel\n");
        await millionPart(options.quick);
        break;
      case "rules":
        console.log("The rules of the Findings tab, in Node\n");
        rulesPart(options.quick);
        break;
      case "seats":
        console.log("The panel with three seats beside one page with as many events\n");
        await seatsPart(options.quick);
        break;
      case "tokens":
        console.log("A bot's answer token by token beside as many plain messages\n");
        await tokensPart(options.quick);
        break;
      case "fixture":
        console.log(
          "A Playwright run of the local room's test page with the fixture and without\n",
        );
        await fixturePart(options.quick);
        break;
      case "opening":
        console.log("Opening the panel beside Chrome's Network panel\n");
        await openingPart(options.quick);
        break;
    }
  }
  console.log(`Load at the end: ${describeLoad()}, this included`);
}

/** The first load, on a build with its names left in. */
async function profilePanel({ quick }: BenchOptions): Promise<void> {
  await build({ logLevel: "error", build: { minify: false, outDir: READABLE } });
  const server = await startBenchServer();
  try {
    const run = await runWithPanel(server, loads(quick)[0]!, {
      extension: READABLE,
      profileTo: PROFILE,
    });
    const { script, layout, style } = run.breakdown;
    const rows = [[run.panelCpu, script, layout, style].map(seconds)];
    console.log(`\n${table(["panel CPU s, profiled", "scripts", "layout", "styles"], rows)}`);
  } finally {
    await server.close();
  }
}

function readOptions(): BenchOptions | undefined {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (!options) console.log(HELP);
    return options;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exitCode = 1;
    return undefined;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
