import { useMemo, useRef, useState } from "preact/hooks";

import type { Dimension } from "./rate-buckets";
import { type Measure, REST, topNames } from "./tally";
import type { TimeSpan } from "../../core/filter/filter";
import type { ShownStatistics } from "./session-statistics";
import { Choice } from "./choice";
import { formatClock, formatRate } from "../ui/format";
import { RatePlot } from "./rate-plot";
import { RateTable } from "./rate-table";

type Props = {
  current: ShownStatistics;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  /** What the time axis shows. */
  span: TimeSpan;
  isNarrowed: boolean;
  /** Shows only a span of time; undefined for all. */
  onSelect: (span: TimeSpan | undefined) => void;
  labelOf: (by: Dimension, name: string) => string;
};

const MEASURES = [
  { name: "messages", label: "Messages", title: "Count calls and events" },
  { name: "chars", label: "Characters", title: "Count the characters of their payloads" },
] as const;
const DIMENSIONS = [
  { name: "channel", label: "Channel", title: "One colour for each of Daily’s three channels" },
  { name: "type", label: "Type", title: "One colour for each of the most frequent types" },
  { name: "from", label: "Sender", title: "One colour for each of the most active senders" },
] as const;

const MAX_LINES = 6;
const MAX_BARS = 150;
const MAX_ROWS = 40;
const CHANNEL_COLORS: Readonly<Record<string, string>> = {
  "app-message": "--app",
  "user-data": "--user",
  "session-data": "--session",
};

/** Messages or characters per second over time, as a chart or as a table. */
export function RateChart(props: Props) {
  const { current, measure, span, labelOf } = props;
  const { statistics } = current;
  const [by, setBy] = useState<Dimension>("channel");
  const [isTable, setIsTable] = useState(false);
  const [hovered, setHovered] = useState<number | undefined>(undefined);
  const slots = useRef<readonly (string | undefined)[]>([]);

  const { channels, types, senders } = statistics;
  const { counts } = { channel: channels, type: types, from: senders }[by];
  slots.current =
    by === "channel"
      ? Object.keys(CHANNEL_COLORS).filter((name) => counts.has(name))
      : keepSlots(slots.current, topNames(counts, measure, MAX_LINES));
  const names = slots.current.filter((name) => name !== undefined);
  function colorOf(name: string): string {
    if (name === REST) return "--series-rest";
    const own = by === "channel" ? CHANNEL_COLORS[name] : undefined;
    return own ?? `--series-${slots.current.indexOf(name) + 1}`;
  }
  const maxBuckets = isTable ? MAX_ROWS : MAX_BARS;
  const { from, to } = span;
  // The statistics grow in place: that they did, only the object around them tells.
  const series = useMemo(
    () => statistics.rate.read({ by, names, measure, from, to, maxBuckets }),
    [current, by, names.join("\n"), measure, from, to, maxBuckets],
  );
  const rate = formatRate[measure];
  const label = (name: string) => (name === REST ? "others" : labelOf(by, name));

  function select({ from, to }: TimeSpan): void {
    // Rates are over whole seconds, so only whole seconds can be chosen.
    const last = Math.max(Math.ceil(to / 1_000), Math.floor(from / 1_000) + 1);
    props.onSelect({ from: Math.floor(from / 1_000) * 1_000, to: last * 1_000 - 0.001 });
  }

  const start = hovered === undefined ? undefined : series.starts[hovered];
  return (
    <section class="card rate" aria-label="Rate">
      <div class="rate__head">
        <h2 title="Calls that this page made and events that it got, refused calls among them, by the clock of the page. Each bar is the average of its time.">
          {measure === "messages" ? "Messages" : "Characters"} per second
          <span class="rate__unit">{`in steps of ${formatSeconds(series.widthMs)}`}</span>
        </h2>
        <Choice
          label="Measure"
          options={MEASURES}
          chosen={measure}
          onChoose={(name) => props.onMeasure(name)}
        />
        <Choice label="Split by" options={DIMENSIONS} chosen={by} onChoose={setBy} />
        <label class="check" title="Show the same numbers as a table">
          <input
            type="checkbox"
            checked={isTable}
            onChange={({ currentTarget }) => setIsTable(currentTarget.checked)}
          />
          Table
        </label>
        {props.isNarrowed && (
          <button
            type="button"
            class="link-button"
            title={`Only ${formatClock(span.from)} to ${formatClock(span.to)} is shown and counted. Show all.`}
            onClick={() => props.onSelect(undefined)}
          >
            Show all times
          </button>
        )}
      </div>
      {isTable ? (
        <RateTable series={series} labelOf={label} formatRate={rate} onSelect={select} />
      ) : (
        <>
          <RatePlot
            series={series}
            colors={series.lines.map(({ name }) => colorOf(name))}
            formatRate={rate}
            label={`${measure} per second from ${formatClock(span.from)} to ${formatClock(span.to)}, at most ${rate(statistics.rate.peak[measure])}. Switch on “Table” for the numbers.`}
            onSelect={select}
            onHover={setHovered}
          />
          <ul class="rate__legend">
            <li class="rate__when">
              {start === undefined ? "Drag to select a span" : formatClock(start)}
            </li>
            {series.lines.map(({ name, counts: line }) => (
              <li key={name}>
                <span class="swatch" style={{ background: `var(${colorOf(name)})` }} />
                {label(name)}{" "}
                <b>
                  {start !== undefined &&
                    rate(((line[hovered ?? 0] ?? 0) * 1_000) / series.widthMs)}
                </b>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Who stays among the first keeps their place, and with it their colour. */
function keepSlots(
  before: readonly (string | undefined)[],
  names: readonly string[],
): (string | undefined)[] {
  const slots = Array.from({ length: MAX_LINES }, (_, slot) => {
    const name = before[slot];
    return name !== undefined && names.includes(name) ? name : undefined;
  });
  for (const name of names) {
    if (!slots.includes(name)) slots[slots.indexOf(undefined)] = name;
  }
  return slots;
}

function formatSeconds(ms: number): string {
  const seconds = ms / 1_000;
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 6) / 10} min`;
}
