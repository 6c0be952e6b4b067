import { shortValue } from "../../core/lib/texts";
import { formatCount, formatShare, plural } from "./format";
import type { SessionUpdate } from "../../core/daily/merge";
import type { CallHistory } from "../../core/session/call-history";
import type { Budget } from "../../core/daily/limits";

/** Says what changed under an edit: `Changed since you began: a, b and 3 more keys.` */
export function ChangedSince({
  what,
  places,
  most,
  isKeys = false,
}: {
  /** What the sentence says has changed. */
  what: string;
  places: readonly string[];
  /** So many are named, the others counted. */
  most: number;
  /** Whether the places are top-level keys, and are called so. */
  isKeys?: boolean;
}) {
  const more = places.length - most;
  return (
    <>
      {what} since you began: <code>{places.slice(0, most).join(", ")}</code>
      {more > 0 && ` and ${isKeys ? plural(more, "more key") : `${more} more`}`}.{" "}
    </>
  );
}

/** One of the two values that are chosen between. */
export const SideValue = ({ value }: { value: unknown }) => <code>{shortValue(value)}</code>;

/** Says that writes of this page wait for the same sync as an update, and what that means for them. */
export function WaitingNote({
  session: { waiting },
  strategy,
}: {
  session: CallHistory["session"];
  strategy: SessionUpdate["strategy"];
}) {
  const queued = waiting.at(-1)?.waiting;
  if (!queued) return null;
  const isOne = waiting.length === 1;
  return (
    <p class="advice">
      {plural(waiting.length, "write")} of this page {isOne ? "waits" : "wait"} in the same window.{" "}
      {strategy === "replace"
        ? `This replace discards what ${isOne ? "it was" : "they were"} to set.`
        : queued.strategy === "replace"
          ? `${isOne ? "It is a replace" : "They are a replace together"}, so this goes out as part of one.`
          : "All of it goes out as one merge."}
    </p>
  );
}

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
