import type { RateSeries } from "./rate-buckets";
import type { TimeSpan } from "../../core/filter/filter";
import { formatClock } from "../ui/format";

type Props = {
  series: RateSeries;
  labelOf: (name: string) => string;
  formatRate: (perSecond: number) => string;
  onSelect: (span: TimeSpan) => void;
};

/** What the chart draws, as a table, without the times when nothing happened. Its times select a span. */
export function RateTable({ series, labelOf, formatRate, onSelect }: Props) {
  const { starts, widthMs, lines } = series;
  return (
    <div class="rate__table" tabIndex={0} role="region" aria-label="Rate as a table">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">From</th>
            {lines.map(({ name }) => (
              <th scope="col" key={name}>
                {labelOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {starts.map(
            (start, place) =>
              lines.some(({ counts }) => counts[place] !== 0) && (
                <tr key={start}>
                  <th scope="row">
                    <button
                      type="button"
                      class="link-button"
                      title="Show only this time"
                      onClick={() => onSelect({ from: start, to: start + widthMs })}
                    >
                      {formatClock(start)}
                    </button>
                  </th>
                  {lines.map(({ name, counts }) => (
                    <td key={name}>{formatRate(((counts[place] ?? 0) * 1_000) / widthMs)}</td>
                  ))}
                </tr>
              ),
          )}
        </tbody>
      </table>
    </div>
  );
}
