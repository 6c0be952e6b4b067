import type { Payload } from "../../extension/protocol/payload";
import type { Budget } from "../domain/limits";
import { formatCount, formatShare } from "./format";

type Props = { payload: Payload; budget: Budget };

/** A size in characters with a bar for its share of the limit. */
export function SizeMeter({ payload, budget }: Props) {
  return (
    <span class={`meter meter--${budget.level}`} title={sizeTitle(payload, budget)}>
      <span class="meter__number">{formatCount(budget.chars)}</span>
      <span class="meter__bar">
        <span class="meter__fill" style={{ width: `${Math.min(100, budget.share * 100)}%` }} />
      </span>
    </span>
  );
}

/** What the number means and where the limit comes from. */
export function sizeTitle(payload: Payload, budget: Budget): string {
  return [
    `${formatCount(budget.chars)} of ${formatCount(budget.maxChars)} characters (${formatShare(budget)} of the limit)`,
    `${formatCount(payload.bytes)} bytes in UTF-8`,
    "daily-js counts UTF-16 code units of the JSON text; Daily's documents speak of KB.",
  ].join("\n");
}
