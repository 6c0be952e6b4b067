import type { Payload } from "../../extension/protocol/payload";
import { type Budget, type DataChannel, describeLimit } from "../../core/daily/limits";
import { formatCount, formatShare } from "./format";

type Props = {
  channel: DataChannel;
  payload: Payload;
  budget: Budget;
  /** Whether the limit is written next to it, too. */
  hasLimit?: boolean;
};

/** A size in characters with a bar for its share of the limit. */
export function SizeMeter({ channel, payload, budget, hasLimit = false }: Props) {
  return (
    <span class={`meter meter--${budget.level}`} title={sizeTitle(channel, payload, budget)}>
      <span class="meter__number">
        {formatCount(budget.chars)}
        {hasLimit && ` of ${formatCount(budget.maxChars)}`}
      </span>
      <span class="meter__bar">
        <span class="meter__fill" style={{ width: `${Math.min(100, budget.share * 100)}%` }} />
      </span>
    </span>
  );
}

/** What the number means and where the limit comes from. */
export function sizeTitle(channel: DataChannel, payload: Payload, budget: Budget): string {
  return [
    `${formatCount(budget.chars)} of ${formatCount(budget.maxChars)} characters (${formatShare(budget)} of the limit)`,
    `${formatCount(payload.bytes)} bytes in UTF-8`,
    describeLimit(channel, budget.maxChars),
  ].join("\n");
}
