import type { Spread } from "./distribution";
import { BarCell } from "../ui/size-meter";
import { formatCount } from "../ui/format";

type Props = {
  heading: string;
  title: string;
  spread: Spread;
  format: (value: number) => string;
  /** The limits of a range, as exact as they are. */
  formatEdge: (value: number) => string;
  /** What to say when there is nothing to show. */
  empty: string;
};

/** Of fewer values, percentiles would say more than is known. */
const MIN_FOR_PERCENTILES = 20;

/** How values spread: percentiles, and how many lie in which range. */
export function SpreadTable({ heading, title, spread, format, formatEdge, empty }: Props) {
  const { count, median, p95, max, bins } = spread;
  const highest = Math.max(...bins.map((bin) => bin.count));
  const first = bins.findIndex((bin) => bin.count > 0);
  const last = bins.findLastIndex((bin) => bin.count > 0);
  return (
    <section class="card" aria-label={heading}>
      <h2 title={title}>{heading}</h2>
      {count === 0 ? (
        <p class="statistics__note">{empty}</p>
      ) : (
        <>
          <p
            class="statistics__note"
            title="Half of all are at most p50, 95 of 100 at most p95. Both are right to a tenth of a percent; the maximum is exact. A single value far off does not widen the bars."
          >
            {count < MIN_FOR_PERCENTILES
              ? `${formatCount(count)} · max ${format(max)} · percentiles from ${MIN_FOR_PERCENTILES} on`
              : `${formatCount(count)} · p50 ${format(median)} · p95 ${format(p95)} · max ${format(max)}`}
          </p>
          <table class="bars">
            <tbody>
              {bins.slice(first, last + 1).map((bin) => (
                <tr key={bin.below}>
                  <th scope="row" class="bars__range">
                    {bin.below === Infinity
                      ? `from ${formatEdge(bins.at(-2)?.below ?? 0)}`
                      : `< ${formatEdge(bin.below)}`}
                  </th>
                  <BarCell share={bin.count / highest} />
                  <td class="bars__number">{formatCount(bin.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
