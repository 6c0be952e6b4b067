import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { startBenchServer } from "./bench-server";
import { against, median, progress, quantile, ratio, seconds, table } from "./report";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CLI = "node_modules/@playwright/test/cli.js";
const CONFIG = "e2e/bench/fixture/playwright.config.ts";
/** With the fixture, a run may take so many times what it takes without. */
const AIM = 1.1;

const CASES = ["without", "with"] as const;
type Case = (typeof CASES)[number];

/** Seconds. `all`: of the process, with all that it starts. `tests`: of the tests alone. */
type Run = { readonly all: number; readonly tests: number };
type JsonSuite = {
  readonly suites?: readonly JsonSuite[];
  readonly specs: readonly {
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
  }[];
};

const run = promisify(execFile);

/**
 * Playwright's own runner on tests of the local room's page, with the fixture and without: in pairs, in one order and
 * then in the other, and the ratio is made within a pair.
 */
export async function fixturePart(quick: boolean): Promise<void> {
  const pairs = quick ? 1 : 7;
  await run(process.execPath, ["--import", "tsx", "scripts/build-headless.ts"], { cwd: ROOT });
  const server = await startBenchServer();
  const runs: Record<Case, Run[]> = { without: [], with: [] };
  try {
    if (!quick) for (const each of CASES) await runTests(each, server.origin);
    for (let pair = 0; pair < pairs; pair++)
      for (const each of pair % 2 === 0 ? CASES : CASES.toReversed()) {
        progress(`Tests ${each} the fixture, pair ${pair + 1} of ${pairs}`);
        runs[each].push(await runTests(each, server.origin));
      }
  } finally {
    await server.close();
  }
  const row = (name: string, part: keyof Run) => {
    const of = (each: Case) => runs[each].map((one) => one[part]);
    const without = of("without");
    const ratios = of("with").map((one, pair) => one / (without[pair] ?? one));
    return [
      name,
      seconds(median(without)),
      seconds(median(of("with"))),
      against(median(ratios), AIM, ratio),
      [0, 0.25, 0.75, 1].map((share) => quantile(ratios, share).toFixed(2)).join(" · "),
    ];
  };
  const head = [
    `medians of ${pairs} pairs (aim)`,
    "without, s",
    "with, s",
    "with ÷ without",
    "least · quartiles · most",
  ];
  console.log(`${table(head, [row("the tests", "tests"), row("all of the run", "all")])}\n`);
}

async function runTests(each: Case, origin: string): Promise<Run> {
  const start = performance.now();
  const { stdout } = await run(
    process.execPath,
    [CLI, "test", "-c", CONFIG, "--reporter=json", `/${each}.runs.ts`],
    { cwd: ROOT, env: { ...process.env, BENCH_ORIGIN: origin }, maxBuffer: 2 ** 26 },
  );
  const all = (performance.now() - start) / 1_000;
  const tests = durations(JSON.parse(stdout) as Partial<JsonSuite>);
  return { all, tests: tests.reduce((sum, ms) => sum + ms, 0) / 1_000 };
}

/** Milliseconds of each test. */
const durations = ({ suites = [], specs = [] }: Partial<JsonSuite>): number[] => [
  ...specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results.map((r) => r.duration))),
  ...suites.flatMap(durations),
];
