import type { Page } from "@playwright/test";

import { type Inspector, launchInspector } from "../inspector";
import type { RoomServer } from "../room/server";
import { atRest } from "./at-rest";
import { openBenchCall, startBenchServer } from "./bench-server";
import { createCpuMeter, type CpuMeter } from "./cpu-meter";
import { openDevtools } from "./open-devtools";
import { against, median, quantile, ratio, table } from "./report";

const CALLS = 500;
const WARM_UP_ROUNDS = 3;

const CASES = ["no extension", "panel closed", "DevTools, no extension", "panel open"] as const;
type Case = (typeof CASES)[number];

/** What is compared with what: DevTools itself has a price, which is nobody's but Chrome's. */
const RATIOS: readonly { of: Case; to: Case; aim?: number }[] = [
  { of: "panel closed", to: "no extension", aim: 1.1 },
  { of: "panel open", to: "DevTools, no extension", aim: 1.25 },
  { of: "panel open", to: "no extension" },
  { of: "DevTools, no extension", to: "no extension" },
];

type Bench = {
  readonly page: Page;
  readonly meter: CpuMeter;
  readonly inspector: Inspector;
  /** Resolves when nothing is left to do outside of the page. */
  readonly rest: () => Promise<void>;
};

/** Microseconds for each call: until it returned, and of the page's main thread with all that came of it. */
type Batch = { readonly returned: number; readonly whole: number };

/**
 * The price of the hook on the real daily-js. All cases are open at the same time and take turns, each round in another
 * order, so that a busy machine slows all of them; a ratio is made within a round.
 */
export async function hookPart(quick: boolean): Promise<void> {
  const rounds = quick ? 4 : 60;
  const server = await startBenchServer();
  const benches = new Map<Case, Bench>();
  try {
    for (const each of CASES) benches.set(each, await openCase(server, each));
    const batches = new Map(CASES.map((each) => [each, [] as Batch[]]));
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (let turn = 0; turn < CASES.length; turn++) {
        const each = CASES[(turn + round + WARM_UP_ROUNDS) % CASES.length] as Case;
        const batch = await sendBatch(benches.get(each) as Bench);
        if (round >= 0) batches.get(each)?.push(batch);
      }
    }
    report(batches, rounds);
  } finally {
    for (const { inspector } of benches.values()) await inspector.close();
    await server.close();
  }
}

async function openCase(server: RoomServer, each: Case): Promise<Bench> {
  const withExtension = each.startsWith("panel");
  const inspector = await launchInspector({ withExtension });
  const { context } = inspector;
  const page = await openBenchCall(context, server, each.replaceAll(/\W+/g, "-"));
  const rest = await openBeside(inspector, page, each);
  return { page, inspector, rest, meter: await createCpuMeter(context, page) };
}

async function openBeside(inspector: Inspector, page: Page, each: Case): Promise<Bench["rest"]> {
  switch (each) {
    case "no extension":
    case "panel closed":
      return () => Promise.resolve();
    case "DevTools, no extension": {
      const devtools = await openDevtools(inspector.context, page, "elements");
      return () => atRest(devtools);
    }
    case "panel open": {
      const { panel } = await inspector.openPanel(page);
      return () => atRest(panel);
    }
  }
}

async function sendBatch({ page, meter, rest }: Bench): Promise<Batch> {
  await meter.reset();
  const ms = await page.evaluate((calls) => window.bench.timeSends(calls), CALLS);
  const cpuSeconds = await meter.cpuSeconds();
  await rest();
  return { returned: (ms * 1e3) / CALLS, whole: (cpuSeconds * 1e6) / CALLS };
}

function report(batches: ReadonlyMap<Case, readonly Batch[]>, rounds: number): void {
  const of = (each: Case, key: keyof Batch) => (batches.get(each) ?? []).map((batch) => batch[key]);
  const costs = CASES.map((each) => {
    const microseconds = (key: keyof Batch) => median(of(each, key)).toFixed(1);
    return [each, microseconds("returned"), microseconds("whole")];
  });
  console.log(
    `${table([`µs a call, median of ${rounds} × ${CALLS}`, "until it returned (wall)", "page CPU, all that came of it"], costs)}\n`,
  );
  const ratios = RATIOS.map(({ of: one, to, aim }) => {
    const spread = (key: keyof Batch) => {
      const others = of(to, key);
      return of(one, key).map((value, round) => value / (others[round] as number));
    };
    const middle = (values: number[]) =>
      `${ratio(quantile(values, 0.25))} – ${ratio(quantile(values, 0.75))}`;
    const returned = spread("returned");
    const all = spread("whole");
    const least = (each: Case) => Math.min(...of(each, "returned"));
    return [
      `${one} ÷ ${to}`,
      aim === undefined ? ratio(median(returned)) : against(median(returned), aim, ratio),
      middle(returned),
      ratio(least(one) / least(to)),
      ratio(median(all)),
      middle(all),
    ];
  });
  const head = [
    "ratio within a round",
    "until it returned",
    "middle half",
    "least ÷ least",
    "page CPU",
    "middle half",
  ];
  console.log(`${table(head, ratios)}\n`);
}
