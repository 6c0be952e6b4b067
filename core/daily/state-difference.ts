import { differences } from "../lib/diff";
import type { SessionData } from "./merge";
import { shortValue } from "../lib/short-value";

/** More than a row shows. */
const MAX_KEYS = 12;

/** A key with so few changed places inside is told place by place. */
const MAX_PLACES = 2;

/**
 * What changed between two states, key by key, in a line: `stage: "Ada" → "Bob", poll.votes: 2 → 3, topic: deleted`.
 * `before` is undefined where the log no longer has it: then only what the changed keys became is told.
 */
export function differenceText(
  before: SessionData | undefined,
  after: SessionData,
  changed: readonly string[],
): string {
  if (changed.length === 0) return "no change";
  const parts = changed.slice(0, MAX_KEYS).map((key) => keyText(key, before, after));
  const more = changed.length - parts.length;
  return `${parts.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

function keyText(key: string, before: SessionData | undefined, after: SessionData): string {
  if (!Object.hasOwn(after, key)) return `${key}: deleted`;
  if (!before || !Object.hasOwn(before, key)) return `${key}: ${shortValue(after[key])}`;
  const [was, is] = [before[key], after[key]];
  const places = isContainer(was) && isContainer(is) ? differences(was, is) : [];
  if (places.length === 0 || places.length > MAX_PLACES || places.some(({ path }) => path === ""))
    return `${key}: ${shortValue(was)} → ${shortValue(is)}`;
  return places
    .map(({ kind, path, before: old, after: now }) => {
      const place = `${key}${path.startsWith("[") ? "" : "."}${path}`;
      if (kind === "removed") return `${place}: deleted`;
      return kind === "added"
        ? `${place}: ${shortValue(now)}`
        : `${place}: ${shortValue(old)} → ${shortValue(now)}`;
    })
    .join(", ");
}

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;
