import { table } from "./report";

/** What is used of the DevTools protocol's `Profiler.Profile`. Times in microseconds. */
export type CpuProfile = {
  readonly nodes: readonly ProfileNode[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
};

type ProfileNode = {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
};

const SHOWN = 25;

/**
 * The functions that took most of a profile's time by themselves, and with all that they called. Samples go by the wall
 * clock: on a busy machine they are more than the CPU time, most of all for the browser's own work, `(program)`.
 */
export function summariseProfile({ nodes, samples = [], timeDeltas = [] }: CpuProfile): string {
  const self = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    self.set(id, (self.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<string, number>();
  const all = new Map<string, number>();

  /** Adds up a subtree; a function that is already on the stack has its time counted there. */
  function visit(node: ProfileNode, stack: ReadonlySet<string>): number {
    const name = nameOf(node);
    const within = new Set(stack).add(name);
    let sum = self.get(node.id) ?? 0;
    own.set(name, (own.get(name) ?? 0) + sum);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) sum += visit(child, within);
    }
    if (!stack.has(name)) all.set(name, (all.get(name) ?? 0) + sum);
    return sum;
  }
  if (nodes[0]) visit(nodes[0], new Set());

  return [
    table(["sampled ms, by itself", "function"], top(own)),
    table(["sampled ms, with what it calls", "function"], top(all)),
  ].join("\n\n");
}

const NO_WORK = new Set(["(idle)", "(root)"]);

function top(times: ReadonlyMap<string, number>): string[][] {
  return [...times]
    .filter(([name]) => !NO_WORK.has(name))
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, us]) => [(us / 1000).toFixed(0), name]);
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = url.split("/").pop();
  return (functionName || "(anonymous)") + (file ? ` ${file}:${lineNumber + 1}` : "");
}
