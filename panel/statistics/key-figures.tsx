import type { ComponentChildren } from "preact";

import type { Statistics } from "./statistics";
import { REST } from "./tally";
import { isRoom } from "./messages";
import { formatChars, formatCount, formatRate } from "../ui/format";

type Props = {
  statistics: Statistics;
  /** Epoch ms; undefined when what is shown has no now: a recording, or a span of time. */
  now: number | undefined;
};

/** The numbers that are looked for first. */
export function KeyFigures({ statistics, now }: Props) {
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
