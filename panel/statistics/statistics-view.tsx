import { batch } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

import { Button } from "../ui/controls";
import { type Dimension, type Measure, REST } from "./statistics";
import { isNarrowing, NO_FILTER, type TimeSpan } from "../../core/filter/filter";
import { senderFilter, typeFilter } from "../../core/filter/language/print-filter";
import { isRoom, largestMessages, nameSenders, readTypeKey } from "./messages";
import type { StatisticsStore } from "./statistics-store";
import { CHANNELS } from "../ui/channels";
import { EmptyState } from "../ui/empty-state";
import { formatChars, formatCount } from "../ui/format";
import { KeyFigures, LargestPayloads, SpreadTable, TopTable } from "./statistics-tables";
import { RateChart } from "./rate-chart";
import { RouteTables } from "./route-tables";
import "uplot/dist/uPlot.min.css";
import "./statistics.css";

type Props = { store: StatisticsStore };

/** A chart of less would be all bar. */
const SHORTEST_AXIS_MS = 20_000;
const MOST_LARGEST = 10;

/** What is shown in Traffic, in numbers. */
export function StatisticsView({ store }: Props) {
  const { filter } = store;
  useEffect(() => store.statistics.follow(), [store]);
  useEffect(() => store.routes.follow(), [store]);
  const [measure, setMeasure] = useState<Measure>("messages");
  const current = store.statistics.current.value;
  const { statistics, isComplete } = current;
  const { span } = filter.value;
  const isRunning = store.isLive.value && store.counts.value.isConnected && span === undefined;
  const now = useSeconds(isRunning);

  if (store.shown.value.entries.length === 0 && store.shown.value.isComplete)
    return (
      <div class="statistics">
        <EmptyState store={store} />
      </div>
    );
  const routes = (
    <RouteTables
      shown={store.routes.current.value}
      callOf={store.callOf}
      onFilter={(text) =>
        batch(() => {
          filter.value = { ...filter.peek(), text };
          store.tab.value = "traffic";
        })
      }
    />
  );
  if (statistics.totals.messages === 0)
    return (
      <div class="statistics">
        {isComplete ? <NoMessages store={store} /> : <Counting />}
        {routes}
      </div>
    );

  const senders = nameSenders(statistics.senders.counts.keys(), store.callOf);
  const show = (text: string) => () => void (filter.value = { ...filter.value, text });
  const labelOf = (by: Dimension, name: string): string => {
    if (by === "from") return senders.labelOf(name);
    if (by === "type") return name === REST ? name : typeLabel(name);
    return by === "channel" && name in CHANNELS
      ? CHANNELS[name as keyof typeof CHANNELS].short
      : name;
  };

  return (
    <div class="statistics">
      {!isComplete && <Counting />}
      <KeyFigures statistics={statistics} now={isRunning ? now : undefined} />
      <RateChart
        current={current}
        measure={measure}
        onMeasure={setMeasure}
        span={span ?? axisOf(statistics.rate.span, isRunning ? now : undefined)}
        isNarrowed={span !== undefined}
        onSelect={(chosen) => void (filter.value = { ...filter.value, span: chosen })}
        labelOf={labelOf}
      />
      <div class="statistics__cards">
        <TopTable
          heading="Top senders"
          title="By the chosen measure. Daily doesn’t say who wrote a session state, so those count for the room"
          column="Sender"
          tally={statistics.senders}
          isOne={(name) => !isRoom(name)}
          measure={measure}
          labelOf={senders.labelOf}
          filterOf={(name) => show(senderFilter(senders.wordFor(name)))}
        />
        <TopTable
          heading="Top types"
          title="By the chosen measure. App messages by the type that they name in their data, user data and session data by method and event."
          column="Type"
          tally={statistics.types}
          measure={measure}
          labelOf={typeLabel}
          filterOf={(name) => show(typeFilter(readTypeKey(name)))}
        />
        <SpreadTable
          heading="Payload sizes"
          title="Characters of each payload’s JSON, of calls and of events"
          spread={statistics.sizes.read()}
          format={formatChars}
          formatEdge={formatCount}
          empty="No payloads."
        />
        <div class="statistics__column">
          <SpreadTable
            heading="Session data sync time"
            title="From setMeetingSessionData() of this page to the first session state that had it. Daily syncs about once a second (documented, not measured)."
            spread={statistics.synced.read()}
            format={shortMs}
            formatEdge={exactMs}
            empty="No write of this page was seen in a session state."
          />
          <SpreadTable
            heading="User data set time"
            title="From setUserData() of this page to the settling of its promise, in a call. Daily doesn’t tell when others have it."
            spread={statistics.settled.read()}
            format={shortMs}
            formatEdge={exactMs}
            empty="No setUserData() of this page in a call has settled."
          />
        </div>
        {routes}
        <LargestPayloads
          largest={largestMessages(statistics.largest, store.session.value, MOST_LARGEST)}
          senderLabel={senders.labelOf}
          onShow={({ callId, seq }) => void store.showEvent(callId, seq)}
        />
      </div>
      <p class="statistics__note statistics__scope">
        This page’s view{store.routes.current.value.hasEnds && ", except for Senders and receivers"}
        : what others sent to others is not seen. Limits and rates of Daily are documented, not
        measured.
      </p>
    </div>
  );
}

/** A type by its name, with its channel where that is none of the app's own names. */
function typeLabel(key: string): string {
  const { channel, type } = readTypeKey(key);
  return channel === "app-message" ? type : `${CHANNELS[channel].short}: ${type}`;
}

/** Bars may be a millisecond wide, where three digits would tell no two of them apart. */
const exactMs = (ms: number): string =>
  ms < 1_000 ? `${formatCount(ms)} ms` : `${formatCount(ms / 1_000)} s`;
/** As exact as the bars beside it. */
const shortMs = (ms: number): string =>
  exactMs(ms < 100 ? Math.round(ms * 10) / 10 : Math.round(ms));

function Counting() {
  return (
    <p class="statistics__note" role="status">
      Going through the log…
    </p>
  );
}

function NoMessages({ store }: { store: StatisticsStore }) {
  const { filter } = store;
  if (!isNarrowing(filter.value))
    return (
      <div class="empty">
        <h2>No messages yet</h2>
        <p>App messages, user data and session data are counted as they are sent and received.</p>
        {store.isLive.value && (
          <Button onClick={() => void (store.tab.value = "send")}>Send a message</Button>
        )}
      </div>
    );
  return (
    <div class="empty">
      <h2>No messages among what is shown</h2>
      <p>App messages, user data and session data that match the filter are counted.</p>
      <Button onClick={() => void (filter.value = NO_FILTER)}>Clear filter</Button>
    </div>
  );
}

/** The time of all messages, up to now where there is one. */
function axisOf(span: TimeSpan | undefined, now: number | undefined): TimeSpan {
  const to = Math.max(span?.to ?? 0, now ?? 0);
  return { from: Math.min(span?.from ?? to, to - SHORTEST_AXIS_MS), to };
}

/** The time in epoch ms, by the second while it runs. */
function useSeconds(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
