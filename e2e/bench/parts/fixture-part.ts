import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { startBenchServer } from "../bench-server";
import { MESSAGES, titleOf } from "../fixture/runs";
import { against, median, quantile, ratio, table, whole } from "../report";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CLI = "node_modules/@playwright/test/cli.js";
const CONFIG = "e2e/bench/fixture/playwright.config.ts";
/** With the fixture, a test may take so many times what it takes without. */
const AIM = 1.1;

/** What is read of the report of Playwright's JSON reporter; durations in ms. */
type Suite = {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
  }[];
};

const run = promisify(execFile);

/**
 * Playwright's own runner on tests of the local room's page, with the fixture and without, in turns and in the same
 * browser: a busy machine slows both, and a ratio is made within a pair. What a test takes has its fixtures in it.
 */
export async function fixturePart(quick: boolean): Promise<void> {
  const pairs = quick ? 3 : 41;
  await run(process.execPath, ["--import", "tsx", "scripts/build-headless.ts"], { cwd: ROOT });
  const server = await startBenchServer();
  try {
    const env = { ...process.env, BENCH_ORIGIN: server.origin, BENCH_PAIRS: String(pairs) };
    const { stdout } = await run(
      process.execPath,
      [CLI, "test", "-c", CONFIG, "--reporter=json"],
      // A report of this many tests is some hundred KB.
      { cwd: ROOT, env, maxBuffer: 2 ** 26 },
    );
    report(durationsIn(JSON.parse(stdout) as Suite), pairs);
  } finally {
    await server.close();
  }
}

function report(durations: ReadonlyMap<string, number>, pairs: number): void {
  const head = [
    `medians of ${pairs} pairs (aim)`,
    "without, ms",
    "with, ms",
    "÷",
    "with ÷ without, in pairs",
    "least · quartiles · most",
  ];
  const rows = MESSAGES.map((messages) => {
    // The first pair warms up.
    const times = (isWith: boolean) =>
      Array.from(
        { length: pairs },
        (_, at) => durations.get(titleOf(messages, isWith, at + 1)) as number,
      );
    const [without, withDaily] = [times(false), times(true)];
    const ratios = withDaily.map((ms, at) => ms / (without[at] as number));
    const [a, b] = [median(without), median(withDaily)];
    return [
      `a test with ${messages === 1 ? "a message" : `a burst of ${messages} messages`} each way`,
      whole(a),
      whole(b),
      ratio(b / a),
      against(median(ratios), AIM, ratio),
      [0, 0.25, 0.75, 1].map((share) => quantile(ratios, share).toFixed(2)).join(" · "),
    ];
  });
  console.log(`${table(head, rows)}\n`);
}

/** Milliseconds of each test, by its title. */
function durationsIn({ suites = [], specs = [] }: Suite): ReadonlyMap<string, number> {
  const own = specs.map(({ title, tests }) => {
    const durations = tests.flatMap(({ results }) => results.map(({ duration }) => duration));
    return [title, durations.reduce((sum, ms) => sum + ms, 0)] as const;
  });
  return new Map([...own, ...suites.flatMap((suite) => [...durationsIn(suite)])]);
}
