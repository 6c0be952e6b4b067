import type { Budget } from "../../core/daily/limits";
import { formatCount, formatShare } from "./format";

/** How full a state is after something: `Size after: 53 of 102,400 characters (<1%)`. */
export function SizeAfter({ budget, when = "Size after" }: { budget: Budget; when?: string }) {
  return (
    <>
      {when}:{" "}
      <span class={`meter--${budget.level}`}>
        {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters (
        {formatShare(budget)})
      </span>
    </>
  );
}
