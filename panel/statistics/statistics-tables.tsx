import type { ComponentChildren } from "preact";

import { LinkButton } from "../ui/controls";
import { type Measure, REST, type Statistics, type Tally, topNames } from "./statistics";
import { BarCell } from "../ui/size-meter";
import { formatChars, formatCount, formatRate, formatTime } from "../ui/format";
import { MIN_FOR_PERCENTILES, type Spread } from "../../core/lib/distribution";
import { isRoom, type LargeMessage, type Message } from "./messages";
import { CHANNELS } from "../ui/channels";

type Props = {
  heading: string;
  title: string;
  column: string;
  tally: Tally;
  /** What counts as one more that isn't shown; all of it, unless it says otherwise. */
  isOne?: (name: string) => boolean;
  measure: Measure;
  labelOf: (name: string) => string;
  /** What a click filters by; undefined for what has nothing to be found by. */
  filterOf: (name: string) => (() => void) | undefined;
};

const SHOWN = 8;

/** Who or what has the most messages or chars. */
export function TopTable({
  heading,
  title,
  column,
  tally,
  isOne = () => true,
  measure,
  labelOf,
  filterOf,
}: Props) {
  const top = topNames(tally.counts, measure, SHOWN);
  const highest = tally.counts.get(top[0] ?? "")?.[measure] ?? 0;
  const others = [...tally.counts.keys()].filter(
    (name) => name !== REST && isOne(name) && !top.includes(name),
  ).length;
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
    <LinkButton title={`Filter by “${label}”`} onClick={onFilter}>
      {label}
    </LinkButton>
  );
}

type SpreadTableProps = {
  heading: string;
  title: string;
  spread: Spread;
  format: (value: number) => string;
  /** The limits of a range, as exact as they are. */
  formatEdge: (value: number) => string;
  /** What to say when there is nothing to show. */
  empty: string;
};

/** How values spread: percentiles, and how many lie in which range. */
export function SpreadTable({
  heading,
  title,
  spread,
  format,
  formatEdge,
  empty,
}: SpreadTableProps) {
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

type LargestPayloadsProps = {
  largest: readonly LargeMessage[];
  senderLabel: (from: string) => string;
  onShow: (message: Message) => void;
};

/** The messages with the largest payloads. A click shows the event in Traffic. */
export function LargestPayloads({ largest, senderLabel, onShow }: LargestPayloadsProps) {
  const hasRecipients = largest.some(({ to }) => to !== "");
  return (
    <section class="card largest" aria-label="Largest payloads">
      <h2 title="By the characters of the payload’s JSON. Session data always arrives in full, so it counts in full each time. Echoes of this page’s own writes aren’t listed">
        Largest payloads
      </h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col" class="bars__number">
              Characters
            </th>
            <th scope="col">Channel</th>
            <th scope="col" class="largest__type">
              Type
            </th>
            <th scope="col">From</th>
            {hasRecipients && (
              <th scope="col" class="largest__to">
                To
              </th>
            )}
            <th scope="col">Content</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {largest.map((large) => (
            <Row
              key={`${large.message.callId} ${large.message.seq}`}
              large={large}
              sender={senderLabel(large.message.from)}
              hasRecipients={hasRecipients}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = Pick<LargestPayloadsProps, "onShow"> & {
  large: LargeMessage;
  sender: string;
  hasRecipients: boolean;
};

function Row({ large: { message, to, summary }, sender, hasRecipients, onShow }: RowProps) {
  const { chars, channel, type, at } = message;
  return (
    <tr onClick={() => onShow(message)}>
      <td class="bars__number">
        <LinkButton title="Show this event in Traffic">{formatCount(chars)}</LinkButton>
      </td>
      <td class={`channel--${channel}`} title={CHANNELS[channel].title}>
        <span class="tag">{CHANNELS[channel].short}</span>
      </td>
      <td class="bars__name largest__type" title={type}>
        {type}
      </td>
      <td class="bars__name" title={sender}>
        {sender}
      </td>
      {hasRecipients && (
        <td class="bars__name largest__to" title={to}>
          {to}
        </td>
      )}
      <td class="largest__content" title={summary}>
        {summary}
      </td>
      <td class="largest__time">{formatTime(at)}</td>
    </tr>
  );
}

type KeyFiguresProps = {
  statistics: Statistics;
  /** Epoch ms; undefined when what is shown has no now: a recording, or a span of time. */
  now: number | undefined;
};

/** The numbers that are looked for first. */
export function KeyFigures({ statistics, now }: KeyFiguresProps) {
  const { totals, rate, senders } = statistics;
  const people = [...senders.counts.keys()].filter((name) => name !== REST && !isRoom(name));
  const latest = now === undefined ? undefined : rate.inSecond(Math.floor(now / 1_000) - 1);
  return (
    <dl class="figures">
      <Figure
        label="Messages"
        title="What this page sent on the three channels, refused calls too, and what it received. Echoes of its own writes, simulated messages, and what others sent to others aren’t counted"
      >
        {formatCount(totals.messages)}{" "}
        <small>
          {formatCount(totals.out)} out, {formatCount(totals.in)} in
        </small>
      </Figure>
      <Figure
        label="Characters"
        title="Characters of their payloads’ JSON, as daily-js counts them for its limits. Session data always arrives in full, so it counts in full each time"
      >
        <span title={`${formatCount(totals.chars)} characters`}>{formatChars(totals.chars)}</span>
      </Figure>
      {latest && (
        <Figure label="Now" title="In the last full second">
          {formatRate.messages(latest.messages)} <small>{formatRate.chars(latest.chars)}</small>
        </Figure>
      )}
      <Figure
        label="Peak"
        title="The most in any whole second of the page’s clock; messages and characters may have peaked at different times"
      >
        {formatRate.messages(rate.peak.messages)} <small>{formatRate.chars(rate.peak.chars)}</small>
      </Figure>
      <Figure
        label="Refused"
        isBad={totals.refused > 0}
        title="Calls that daily-js refused: it threw, or the promise was rejected"
      >
        {formatCount(totals.refused)}
      </Figure>
      <Figure
        label="Over limit"
        isBad={totals.overLimit > 0}
        title="Calls whose payload was over the limit of its channel, as daily-js counts it"
      >
        {formatCount(totals.overLimit)}
      </Figure>
      {totals.failed > 0 && (
        <Figure
          label="Failed"
          isBad
          title="Writes of session data that daily-js took and that Daily could not store"
        >
          {formatCount(totals.failed)}
        </Figure>
      )}
      <Figure
        label="No listener"
        isBad={totals.unheard > 0}
        title="App messages that arrived when the page had no listener for app-message"
      >
        {formatCount(totals.unheard)}
      </Figure>
      <Figure
        label="Senders"
        title="This page, participants and servers that sent any of these messages. Daily does not say who wrote a session state."
      >
        {senders.counts.has(REST) && "over "}
        {formatCount(people.length)}
      </Figure>
    </dl>
  );
}

type FigureProps = { label: string; title: string; isBad?: boolean; children: ComponentChildren };

function Figure({ label, title, isBad = false, children }: FigureProps) {
  return (
    <div title={title}>
      <dt>{label}</dt>
      <dd class={isBad ? "is-bad" : ""}>{children}</dd>
    </div>
  );
}
