import type { DataChannel } from "../../core/daily/limits";
import type { Reception } from "../../core/delivery/deliveries";
import { createDistribution, type Distribution } from "../../core/lib/distribution";

/** What became of one message or write at one receiver. */
type RouteFate = "received" | "replaced" | "lost" | "left" | "waiting" | "equal";

/** Everything on one channel from one call to another. Grown in place. */
export type Route = {
  readonly channel: DataChannel;
  /** Ids of calls. */
  readonly from: string;
  readonly to: string;
  /** Messages or writes, by what became of them; those that came twice are among the received. */
  readonly fates: Readonly<Record<RouteFate, number>>;
  readonly doubled: number;
  /** Received after a message that was sent later. */
  readonly overtaken: number;
  /** How many of the equal messages of which only counts are known have arrived. */
  readonly equalArrived: number;
  /** From the call of the method to the event at the receiver, in ms. */
  readonly latency: Distribution;
};

/** All that one route has had to do with, whatever became of it. */
export const sentOn = ({ fates }: Route): number =>
  Object.values(fates).reduce((sum, count) => sum + count, 0);

/** Equal messages that are counted together, because which of them arrived can't be told. */
type Run = { members: number; arrived: number };

type MutableRoute = { -readonly [K in keyof Route]: Route[K] } & {
  readonly fates: Record<RouteFate, number>;
  /** By content, then by when the first of them was sent. */
  readonly runs: Map<string, Map<number, Run>>;
};

type CountedReception = {
  readonly route: MutableRoute;
  readonly fate: RouteFate;
  readonly isDoubled: boolean;
  readonly isOvertaken: boolean;
  readonly run: { readonly content: string; readonly at: number } | undefined;
};

/** How a message or a write was counted, so that it can be counted again when more is known of it. */
export type Counted = {
  readonly receptions: readonly CountedReception[];
  /** Routes that have its time: of the first arrival, so it stays. */
  readonly timed: ReadonlySet<Route>;
};

type Sent = {
  readonly channel: DataChannel;
  readonly callId: string;
  /** The JSON of its data. */
  readonly content: string;
};

export type Routes = {
  readonly all: ReadonlyMap<string, Route>;
  /**
   * Counts a message or a write at those it was for; in the place of how it was counted before. `isTimed`: with the time
   * that it took, which is counted once and never taken back.
   */
  count(sent: Sent, receptions: readonly Reception[], isTimed: boolean, before?: Counted): Counted;
};

/** More senders times receivers than anyone compares. */
const MAX_ROUTES = 600;
/** Chromium gives times to a tenth of a millisecond at best where a page is not isolated. */
const STEPS_PER_MS = 10;

const NOT_COUNTED: Counted = { receptions: [], timed: new Set() };

/** Adds up what became of messages and writes, by who sent and who received them. */
export function createRoutes(): Routes {
  const all = new Map<string, MutableRoute>();

  function routeOf({ channel, callId }: Sent, to: string): MutableRoute | undefined {
    const key = `${channel} ${callId} ${to}`;
    let route = all.get(key);
    if (!route && all.size < MAX_ROUTES) {
      route = newRoute(channel, callId, to);
      all.set(key, route);
    }
    return route;
  }

  function add(
    sent: Sent,
    reception: Reception,
    timed: Set<Route> | undefined,
  ): CountedReception[] {
    const { callId, verdict, latencyMs } = reception;
    const fate = fateOf(verdict);
    const route = fate && callId !== undefined ? routeOf(sent, callId) : undefined;
    if (!fate || !route) return [];
    route.fates[fate]++;
    const isDoubled = verdict.kind === "doubled";
    const isOvertaken = reception.isOvertaken === true;
    if (isDoubled) route.doubled++;
    if (isOvertaken) route.overtaken++;
    if (latencyMs !== undefined && fate === "received" && timed?.has(route) === false) {
      route.latency.add(latencyMs);
      timed.add(route);
    }
    let run: CountedReception["run"];
    if (verdict.kind === "of-equals") {
      run = { content: sent.content, at: verdict.first.at };
      const counts = runOf(route, run);
      counts.members++;
      // What is certainly of the first is counted as its own.
      const arrived = verdict.arrived - verdict.first.arrived;
      route.equalArrived += arrived - counts.arrived;
      counts.arrived = arrived;
    }
    return [{ route, fate, isDoubled, isOvertaken, run }];
  }

  return {
    all,
    count(sent, receptions, isTimed, before = NOT_COUNTED) {
      for (const each of before.receptions) remove(each);
      const timed = isTimed ? new Set(before.timed) : undefined;
      const counted = receptions.flatMap((each) => add(sent, each, timed));
      return { receptions: counted, timed: timed ?? before.timed };
    },
  };
}

const newRoute = (channel: DataChannel, from: string, to: string): MutableRoute => ({
  channel,
  from,
  to,
  fates: { received: 0, replaced: 0, lost: 0, left: 0, waiting: 0, equal: 0 },
  doubled: 0,
  overtaken: 0,
  equalArrived: 0,
  latency: createDistribution(STEPS_PER_MS),
  runs: new Map(),
});

function runOf({ runs }: MutableRoute, { content, at }: { content: string; at: number }): Run {
  let ofContent = runs.get(content);
  if (!ofContent) runs.set(content, (ofContent = new Map<number, Run>()));
  let run = ofContent.get(at);
  if (!run) ofContent.set(at, (run = { members: 0, arrived: 0 }));
  return run;
}

function remove({ route, fate, isDoubled, isOvertaken, run }: CountedReception): void {
  route.fates[fate]--;
  if (isDoubled) route.doubled--;
  if (isOvertaken) route.overtaken--;
  if (!run) return;
  const counts = runOf(route, run);
  if (--counts.members > 0) return;
  route.equalArrived -= counts.arrived;
  route.runs.get(run.content)?.delete(run.at);
}

/** Undefined where nothing can be said: it wasn't for them, or they weren't in view. */
function fateOf({ kind }: Reception["verdict"]): RouteFate | undefined {
  switch (kind) {
    case "received":
    case "doubled":
    case "held":
      return "received";
    case "of-equals":
      return "equal";
    case "replaced":
    case "lost":
    case "left":
    case "waiting":
      return kind;
    case "joined-later":
    case "not-in-view":
      return undefined;
  }
}
