import { type Difference, differences } from "../../core/lib/paths";
import { shortValue } from "../../core/lib/texts";
import type { Summary } from "./summary";

/** What is different in the second of two recordings: messages by type, the room at the end, and findings. */
export function compareSummaries(before: Summary, after: Summary): Difference[] {
  return differences(comparable(before), comparable(after));
}

const comparable = ({ messages, sessionData, userData, findings }: Summary) => ({
  messages,
  sessionData,
  userData,
  findings,
});

const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** Differences a line each: `~ sessionData.score: 1 → 2`. */
export const differenceLines = (found: readonly Difference[]): string[] =>
  found.map(({ kind, path, before, after }) => {
    const values =
      kind === "added"
        ? shortValue(after)
        : kind === "removed"
          ? shortValue(before)
          : `${shortValue(before)} → ${shortValue(after)}`;
    return `${SIGNS[kind]} ${path}: ${values}`;
  });
