import microdiff from "microdiff";

/** One difference between two JSON values. */
export type Difference = {
  readonly kind: "added" | "changed" | "removed";
  /** As in code: `poll.votes[2]`; empty where the whole value differs. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

const KINDS = { CREATE: "added", CHANGE: "changed", REMOVE: "removed" } as const;

/** What one has to do to `before` to get `after`, in the order of their keys. */
export function differences(before: unknown, after: unknown): Difference[] {
  if (
    !isContainer(before) ||
    !isContainer(after) ||
    Array.isArray(before) !== Array.isArray(after)
  ) {
    return Object.is(before, after) ? [] : [wholeDifference(before, after)];
  }
  return changesOf(before, after).map((each) => ({
    kind: KINDS[each.type],
    path: pathText(each.path),
    ...("oldValue" in each && { before: each.oldValue as unknown }),
    ...("value" in each && { after: each.value as unknown }),
  }));
}

function changesOf(before: Record<string, unknown>, after: Record<string, unknown>) {
  try {
    return microdiff(before, after, { cyclesFix: false });
  } catch {
    // Too deep to be compared place by place.
    return [
      { type: "CHANGE" as const, path: [], oldValue: before as unknown, value: after as unknown },
    ];
  }
}

function wholeDifference(before: unknown, after: unknown): Difference {
  if (before === undefined) return { kind: "added", path: "", after };
  if (after === undefined) return { kind: "removed", path: "", before };
  return { kind: "changed", path: "", before, after };
}

/** A place written as in code: `poll.votes[2]`. */
export function pathText(steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") return `${path}[${step}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
