import type { ComponentChildren } from "preact";

import type { Statistics } from "../domain/statistics";
import { REST } from "../domain/tally";
import { isRoom } from "../store/message-fact";
import { formatBytes, formatCount, formatRate } from "./format";

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
        title="Calls of the three methods that this page made, refused ones too, and events of the three channels that it got. What others sent to others is not seen here; simulated messages are left out."
      >
        {formatCount(totals.messages)}{" "}
        <small>
          {formatCount(totals.out)} out, {formatCount(totals.in)} in
        </small>
      </Figure>
      <Figure
        label="Bytes"
        title="UTF-8 bytes of their payloads’ JSON: nothing that Daily or the network adds. A session state arrives whole, so it counts in full each time."
      >
        <span title={`${formatCount(totals.bytes)} bytes`}>{formatBytes(totals.bytes)}</span>
      </Figure>
      {latest && (
        <Figure label="Now" title="In the last whole second">
          {formatRate.messages(latest.messages)} <small>{formatRate.bytes(latest.bytes)}</small>
        </Figure>
      )}
      <Figure
        label="Peak"
        title="The most in any whole second of the page’s clock; messages and bytes need not have had theirs at the same time"
      >
        {formatRate.messages(rate.peak.messages)} <small>{formatRate.bytes(rate.peak.bytes)}</small>
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
        label="Unheard"
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
