import uPlot from "uplot";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { LinkButton } from "../ui/controls";
import { Roving } from "../ui/roving";
import { type Dimension, type Measure, type RateSeries, REST, topNames } from "./statistics";
import type { TimeSpan } from "../../core/filter/filter";
import { formatClock, formatRate } from "../ui/format";
import type { ShownStatistics } from "./session-statistics";

type Props<T extends string> = {
  label: string;
  options: readonly { readonly name: T; readonly label: string; readonly title: string }[];
  chosen: T;
  onChoose: (name: T) => void;
};

/** A few buttons of which one is pressed. */
function Choice<T extends string>({ label, options, chosen, onChoose }: Props<T>) {
  return (
    <Roving class="views" role="group" label={label}>
      {options.map((option) => (
        <button
          key={option.name}
          type="button"
          aria-pressed={option.name === chosen}
          title={option.title}
          onClick={() => onChoose(option.name)}
        >
          {option.label}
        </button>
      ))}
    </Roving>
  );
}

type RatePlotProps = {
  series: RateSeries;
  /** A CSS variable for each line. */
  colors: readonly string[];
  formatRate: (perSecond: number) => string;
  label: string;
  onSelect: (span: TimeSpan) => void;
  /** The bucket under the pointer. */
  onHover: (place: number | undefined) => void;
};

/** Milliseconds between two times of the axis, which are told to the second. */
const WHOLE_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600,
].map((each) => each * 1_000);

/** Rates over time as stacked bars. Dragging over them selects a time span. */
function RatePlot(props: RatePlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const lines = props.series.lines.length;

  // The number of lines is fixed when a plot is made, all else is looked up when it is drawn.
  useLayoutEffect(() => {
    const parent = element.current;
    if (!parent) return undefined;
    const made = new uPlot(optionsOf(parent, latest), dataOf(latest.current.series), parent);
    plot.current = made;
    const sizes = new ResizeObserver(() =>
      made.setSize({ width: parent.clientWidth, height: parent.clientHeight }),
    );
    sizes.observe(parent);
    const themes = new MutationObserver(() => made.redraw());
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
      plot.current = undefined;
      made.destroy();
    };
  }, [lines]);

  useEffect(() => plot.current?.setData(dataOf(props.series)), [props.series]);

  return <div class="rate__plot" role="img" aria-label={props.label} ref={element} />;
}

/** Each line on top of those before it, per second. The highest comes first: it is drawn below the others. */
function dataOf({ starts, widthMs, lines }: RateSeries): uPlot.AlignedData {
  const heights = starts.map(() => 0);
  const stacked = lines.map(({ counts }) =>
    counts.map((count, place) => (heights[place] = (heights[place] ?? 0) + count)),
  );
  const perSecond = stacked.map((line) => line.map((height) => (height * 1_000) / widthMs));
  return [[...starts], ...perSecond.reverse()];
}

function optionsOf(
  parent: HTMLElement,
  latest: { readonly current: RatePlotProps },
): uPlot.Options {
  const color = (name: string) => () => getComputedStyle(parent).getPropertyValue(name);
  const { lines } = latest.current.series;
  const bars = uPlot.paths.bars?.({ size: [1, Infinity], align: 1 });
  const axis = {
    stroke: color("--text-dim"),
    font: `10px ${getComputedStyle(parent).fontFamily}`,
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width: parent.clientWidth,
    height: parent.clientHeight,
    ms: 1,
    // Half of the last time may stand beyond the last moment.
    padding: [6, 26, 0, 0],
    legend: { show: false },
    scales: {
      x: { range: () => rangeOf(latest.current.series) },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.05)] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        gap: 5,
        space: 64,
        incrs: WHOLE_SECONDS,
        values: (_, splits) => splits.map(formatClock),
      },
      {
        ...axis,
        size: 52,
        gap: 4,
        space: 22,
        values: (_, splits) => splits.map((each) => latest.current.formatRate(each)),
      },
    ],
    series: [
      {},
      ...lines.map((_, place) => ({
        ...(bars && { paths: bars }),
        width: 0,
        points: { show: false },
        fill: () => color(latest.current.colors[lines.length - 1 - place] ?? "--text-dim")(),
      })),
    ],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      // A bar reaches from its own moment to the next.
      dataIdx: (_, __, ___, at) => placeOf(at, latest.current.series),
    },
    hooks: {
      setCursor: [
        (plot) =>
          latest.current.onHover(
            (plot.cursor.left ?? -1) < 0
              ? undefined
              : placeOf(plot.posToVal(plot.cursor.left ?? 0, "x"), latest.current.series),
          ),
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width <= 0) return;
          const [from, to] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          latest.current.onSelect({ from, to });
        },
      ],
    },
  };
}

const rangeOf = ({ starts, widthMs }: RateSeries): [number, number] => [
  starts[0] ?? 0,
  (starts.at(-1) ?? 0) + widthMs,
];

function placeOf(at: number, { starts, widthMs }: RateSeries): number {
  const place = Math.floor((at - (starts[0] ?? 0)) / widthMs);
  return Math.max(0, Math.min(place, starts.length - 1));
}

type RateTableProps = {
  series: RateSeries;
  labelOf: (name: string) => string;
  formatRate: (perSecond: number) => string;
  onSelect: (span: TimeSpan) => void;
};

/** What the chart draws, as a table, without the times when nothing happened. Its times select a span. */
function RateTable({ series, labelOf, formatRate, onSelect }: RateTableProps) {
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
                    <LinkButton
                      title="Show only this time"
                      onClick={() => onSelect({ from: start, to: start + widthMs })}
                    >
                      {formatClock(start)}
                    </LinkButton>
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

type RateChartProps = {
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
export function RateChart(props: RateChartProps) {
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
          <LinkButton
            title={`Only ${formatClock(span.from)} to ${formatClock(span.to)} is shown and counted. Show all.`}
            onClick={() => props.onSelect(undefined)}
          >
            Show all times
          </LinkButton>
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
