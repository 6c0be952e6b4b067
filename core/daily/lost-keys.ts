import type { SessionData } from "./merge";
import { sameJson } from "../lib/same-json";

/** What became of somebody's change in the state that came after it. */
type Outcome = {
  /** Places of it that are again as they were before. */
  undone: number;
  /** Places of it that still stand, or have gone on to something else. */
  standing: number;
  /** Places that are none of it and have changed. */
  others: number;
};

const MAX_DEPTH = 20;

/**
 * Top-level keys whose change was lost: `theirs` brings something new, and has it all as it was `before` where `ours`
 * had changed it. Whoever writes like that started from a state without it. To undo it and nothing else is a choice, and
 * to set something else may be an answer.
 */
export function lostKeys(before: SessionData, ours: SessionData, theirs: SessionData): string[] {
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs), ...Object.keys(before)])];
  const outcomes = keys.map((key) => {
    const outcome: Outcome = { undone: 0, standing: 0, others: 0 };
    compare(own(before, key), own(ours, key), own(theirs, key), outcome, 0);
    return { key, outcome };
  });
  const sum = (field: keyof Outcome) =>
    outcomes.reduce((all, { outcome }) => all + outcome[field], 0);
  const isAllLost = isLost({
    undone: sum("undone"),
    standing: sum("standing"),
    others: sum("others"),
  });
  return outcomes
    .filter(({ outcome }) => isLost(outcome) || (isAllLost && outcome.undone > 0))
    .map(({ key }) => key);
}

const isLost = ({ undone, standing, others }: Outcome): boolean =>
  undone > 0 && standing === 0 && others > 0;

function compare(
  before: unknown,
  ours: unknown,
  theirs: unknown,
  to: Outcome,
  depth: number,
): void {
  if (sameJson(before, ours)) {
    if (!sameJson(ours, theirs)) to.others++;
  } else if (sameJson(theirs, before)) to.undone++;
  else if (Array.isArray(ours) && Array.isArray(theirs)) compareLists(before, ours, theirs, to);
  else if (isFields(ours) && isFields(theirs) && depth < MAX_DEPTH) {
    const was = isFields(before) ? before : {};
    const keys = new Set([...Object.keys(was), ...Object.keys(ours), ...Object.keys(theirs)]);
    for (const key of keys) compare(own(was, key), own(ours, key), own(theirs, key), to, depth + 1);
  } else to.standing++;
}

/** Of a list it counts what was put in: a list that lacks it all, and has something else new, was made without it. */
function compareLists(
  before: unknown,
  ours: readonly unknown[],
  theirs: readonly unknown[],
  to: Outcome,
): void {
  const was: readonly unknown[] = Array.isArray(before) ? before : [];
  // By their text: lists may be long.
  const [old, set, found] = [was, ours, theirs].map(
    (list) => new Set(list.map((item) => JSON.stringify(item))),
  ) as [Set<string>, Set<string>, Set<string>];
  const added = [...set].filter((item) => !old.has(item));
  const isGone = added.length > 0 && !added.some((item) => found.has(item));
  if (!isGone || ![...old].every((item) => found.has(item))) to.standing++;
  else {
    to.undone++;
    if ([...found].some((item) => !old.has(item))) to.others++;
  }
}

const own = (data: SessionData, key: string): unknown =>
  Object.hasOwn(data, key) ? data[key] : undefined;

const isFields = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);
