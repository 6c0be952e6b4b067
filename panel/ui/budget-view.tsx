import type { Payload } from "../../extension/protocol/payload";
import type { Budget, DataChannel } from "../../core/daily/limits";
import { describeLimit } from "../../core/daily/limits";
import { largestPaths } from "../../core/lib/size-by-path";
import { formatCount, formatShare } from "./format";

type Props = { channel: DataChannel; payload: Payload; budget: Budget; value: unknown };

/** How much of a limit a payload takes, and what in it takes most. */
export function BudgetView({ channel, payload, budget, value }: Props) {
  const { chars, maxChars, share, level } = budget;
  const left = maxChars - chars;
  const doesBytesDiffer = chars <= maxChars && payload.bytes > maxChars;
  const largest = largestPaths(value);
  return (
    <details class="budget" open={level !== "ok"}>
      <summary title={describeLimit(channel, maxChars)}>
        <span class={`meter meter--${level}`}>
          <span class="meter__bar">
            <span class="meter__fill" style={{ width: `${Math.min(100, share * 100)}%` }} />
          </span>
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
          <caption title="Keys and values of the JSON text; a place is left out when one inside it takes nearly all of it.">
            What takes most of it, in characters of JSON
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
