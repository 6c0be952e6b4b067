import { EXTENSION, launchInspector } from "../../inspector";
import type { RoomServer } from "../../room/server";
import { atRest } from "../at-rest";
import { openBareBrowser } from "../bare-browser";
import { benchCallUrl, openBenchCall, startBenchServer } from "../bench-server";
import { createCpuMeter } from "../cpu-meter";
import { openDevtools } from "../open-devtools";
import { against, median, quantile, ratio, table } from "../report";
import { serveTurns, type Turns } from "../turns";

const CALLS = 500;
const WARM_UP_ROUNDS = 3;

const CASES = ["no extension", "panel closed", "DevTools, no extension", "panel open"] as const;
type Case = (typeof CASES)[number];

/** What is compared with what: DevTools itself has a price, which is no one's but Chrome's. */
const RATIOS: readonly { of: Case; to: Case; aim?: number }[] = [
  { of: "panel closed", to: "no extension", aim: 1.1 },
  { of: "panel open", to: "DevTools, no extension", aim: 1.25 },
  { of: "panel open", to: "no extension" },
  { of: "DevTools, no extension", to: "no extension" },
];

type Bench = {
  /** Sends one batch, and resolves when nothing is left to do outside of the page either. */
  readonly send: () => Promise<Batch>;
  readonly close: () => Promise<void>;
};

/**
 * Microseconds for each call: until it returned, and of the page's main thread with all that came of it, which only a
 * browser with something attached tells.
 */
type Batch = { readonly returned: number; readonly whole?: number };

/**
 * The price of the hook on the real daily-js. All cases are open at the same time and take turns, each round in another
 * order, so that a busy machine slows all of them; a ratio is made within a round. Without DevTools nothing is attached
 * to the browser at all.
 */
export async function hookPart(quick: boolean): Promise<void> {
  const rounds = quick ? 4 : 60;
  const server = await startBenchServer();
  const turns = serveTurns(server);
  const benches = new Map<Case, Bench>();
  try {
    for (const each of CASES) benches.set(each, await openCase(server, turns, each));
    const batches = new Map(CASES.map((each) => [each, [] as Batch[]]));
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (let turn = 0; turn < CASES.length; turn++) {
        const each = CASES[(turn + round + WARM_UP_ROUNDS) % CASES.length] as Case;
        const batch = await (benches.get(each) as Bench).send();
        if (round >= 0) batches.get(each)?.push(batch);
      }
    }
    report(batches, rounds);
  } finally {
    for (const bench of benches.values()) await bench.close();
    await server.close();
  }
}

function openCase(server: RoomServer, turns: Turns, each: Case): Promise<Bench> {
  switch (each) {
    case "no extension":
    case "panel closed":
      return openBare(server, turns, each);
    case "DevTools, no extension":
    case "panel open":
      return openWithDevtools(server, each);
  }
}

async function openBare(server: RoomServer, turns: Turns, each: Case): Promise<Bench> {
  const name = roomOf(each);
  const url = `${benchCallUrl(server, name)}&turns=${name}`;
  const close = openBareBrowser(url, each === "panel closed" ? EXTENSION : undefined);
  const taker = await turns.taker(name);
  return { send: async () => ({ returned: perCall(await taker.timeSends(CALLS)) }), close };
}

async function openWithDevtools(server: RoomServer, each: Case): Promise<Bench> {
  const inspector = await launchInspector({ withExtension: each === "panel open" });
  const { context } = inspector;
  const page = await openBenchCall(context, server, roomOf(each));
  const beside =
    each === "panel open"
      ? (await inspector.openPanel(page)).panel
      : await openDevtools(context, page, "elements");
  const meter = await createCpuMeter(context, page);
  return {
    async send() {
      await meter.reset();
      const ms = await page.evaluate((calls) => window.bench.timeSends(calls), CALLS);
      const cpuSeconds = await meter.cpuSeconds();
      await atRest(beside);
      return { returned: perCall(ms), whole: perCall(cpuSeconds * 1e3) };
    },
    close: () => inspector.close(),
  };
}

const roomOf = (each: Case): string => each.replaceAll(/\W+/g, "-");
/** Milliseconds of a batch as microseconds of a call. */
const perCall = (ms: number): number => (ms * 1e3) / CALLS;

function report(batches: ReadonlyMap<Case, readonly Batch[]>, rounds: number): void {
  const of = (each: Case, key: keyof Batch) =>
    (batches.get(each) ?? []).flatMap((batch) => batch[key] ?? []);
  const microseconds = (values: number[]) => (values.length > 0 ? median(values).toFixed(1) : "");
  const costs = CASES.map((each) => [
    each,
    microseconds(of(each, "returned")),
    microseconds(of(each, "whole")),
  ]);
  console.log(
    `${table([`µs a call, median of ${rounds} × ${CALLS}`, "until it returned (wall)", "page CPU, all that came of it"], costs)}\n`,
  );
  const ratios = RATIOS.map(({ of: one, to, aim }) => {
    const spread = (key: keyof Batch) => {
      const others = of(to, key);
      if (others.length === 0) return [];
      return of(one, key).map((value, round) => value / (others[round] as number));
    };
    const middle = (values: number[]) =>
      values.length === 0
        ? ""
        : `${ratio(quantile(values, 0.25))} – ${ratio(quantile(values, 0.75))}`;
    const returned = spread("returned");
    const all = spread("whole");
    const least = (each: Case) => Math.min(...of(each, "returned"));
    return [
      `${one} ÷ ${to}`,
      aim === undefined ? ratio(median(returned)) : against(median(returned), aim, ratio),
      middle(returned),
      ratio(least(one) / least(to)),
      all.length === 0 ? "" : ratio(median(all)),
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
