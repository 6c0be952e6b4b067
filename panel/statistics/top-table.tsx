import { type Measure, REST, type Tally, topNames } from "./tally";
import { BarCell } from "../ui/size-meter";
import { formatChars, formatCount } from "../ui/format";

type Props = {
  heading: string;
  title: string;
  column: string;
  tally: Tally;
  measure: Measure;
  labelOf: (name: string) => string;
  /** What a click filters by; undefined for what has nothing to be found by. */
  filterOf: (name: string) => (() => void) | undefined;
};

const SHOWN = 8;

/** Who or what has the most messages or chars. */
export function TopTable({ heading, title, column, tally, measure, labelOf, filterOf }: Props) {
  const top = topNames(tally.counts, measure, SHOWN);
  const highest = tally.counts.get(top[0] ?? "")?.[measure] ?? 0;
  const others = [...tally.counts.keys()].filter((name) => name !== REST).length - top.length;
  return (
    <section class="card" aria-label={heading}>
      <h2 title={title}>{heading}</h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">{column}</th>
            <td />
            <th scope="col" class="bars__number">
              Messages
            </th>
            <th scope="col" class="bars__number">
              Characters
            </th>
          </tr>
        </thead>
        <tbody>
          {top.map((name) => {
            const { messages, chars } = tally.counts.get(name) ?? { messages: 0, chars: 0 };
            return (
              <tr key={name}>
                <th scope="row" class="bars__name">
                  <Name label={labelOf(name)} onFilter={filterOf(name)} />
                </th>
                <BarCell share={(tally.counts.get(name)?.[measure] ?? 0) / highest} />
                <td class="bars__number">{formatCount(messages)}</td>
                <td class="bars__number">{formatChars(chars)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {others > 0 && (
        <p class="statistics__note">
          and {tally.counts.has(REST) ? "more than " : ""}
          {formatCount(others)} more
        </p>
      )}
    </section>
  );
}

function Name({ label, onFilter }: { label: string; onFilter: (() => void) | undefined }) {
  if (!onFilter) return <span title={label}>{label}</span>;
  return (
    <button type="button" class="link-button" title={`Filter by “${label}”`} onClick={onFilter}>
      {label}
    </button>
  );
}
