import { type Budget, type DataChannel, describeLimit } from "../../core/daily/limits";
import { largestPaths } from "../../core/lib/paths";
import type { Payload } from "../../extension/protocol/payload";
import { formatCount, formatShare } from "./format";

type Props = { channel: DataChannel; payload: Payload; budget: Budget };

/** A size in characters with a bar for its share of the limit; `hasLimit` writes that beside it. */
export function SizeMeter({
  channel,
  payload,
  budget,
  hasLimit = false,
}: Props & { hasLimit?: boolean }) {
  return (
    <span class={`meter meter--${budget.level}`} title={sizeTitle(channel, payload, budget)}>
      <span class="meter__number">
        {formatCount(budget.chars)}
        {hasLimit && ` of ${formatCount(budget.maxChars)}`}
      </span>
      <MeterBar budget={budget} />
    </span>
  );
}

const MeterBar = ({ budget: { share } }: { budget: Budget }) => (
  <span class="meter__bar">
    <span class="meter__fill" style={{ width: `${Math.min(100, share * 100)}%` }} />
  </span>
);

/** What the number means and where the limit comes from. */
export function sizeTitle(channel: DataChannel, payload: Payload, budget: Budget): string {
  return [
    `${formatCount(budget.chars)} of ${formatCount(budget.maxChars)} characters (${formatShare(budget)} of the limit)`,
    `${formatCount(payload.bytes)} bytes in UTF-8`,
    describeLimit(channel, budget.maxChars),
  ].join("\n");
}

type BudgetProps = Props & {
  value: unknown;
  /** Whether the value was JSON text inside a string. */
  isDecoded?: boolean;
};

/** How much of a limit a payload takes, and what in it takes most. */
export function BudgetView({ channel, payload, budget, value, isDecoded }: BudgetProps) {
  const { chars, maxChars, level } = budget;
  const left = maxChars - chars;
  const doesBytesDiffer = chars <= maxChars && payload.bytes > maxChars;
  const largest = largestPaths(value);
  return (
    <details class="budget" open={level !== "ok"}>
      <summary title={describeLimit(channel, maxChars)}>
        <span class={`meter meter--${level}`}>
          <MeterBar budget={budget} />
        </span>
        {left >= 0
          ? `${formatCount(left)} characters left`
          : `${formatCount(-left)} characters too many`}{" "}
        ({formatShare(budget)} used)
      </summary>
      {doesBytesDiffer && (
        <p class="is-warning">
          {formatCount(payload.bytes)} bytes in UTF-8: more than {formatCount(maxChars)}, which
          daily-js lets pass because it counts characters. Whether Daily’s servers count bytes is
          not known.
        </p>
      )}
      {largest.length > 0 && (
        <table class="paths">
          <caption
            title={`Keys and values of the JSON text; a place is left out when one inside it takes nearly all of it.${isDecoded ? " In the string each quote and backslash takes one character more" : ""}`}
          >
            What takes most of it, in characters of {isDecoded ? "the decoded JSON" : "JSON"}
          </caption>
          <tbody>
            {largest.map(({ path, chars: size }) => (
              <tr key={path}>
                <td>
                  <code>{path}</code>
                </td>
                <td>{formatCount(size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

/** A bar in a table, for a number that stands beside it. `share` is 0 to 1 of the longest. */
export function BarCell({ share }: { share: number }) {
  return (
    <td class="bars__bar" aria-hidden="true">
      {share > 0 && <span class="bars__fill" style={{ width: `${Math.min(1, share) * 100}%` }} />}
    </td>
  );
}
