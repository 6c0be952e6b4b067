import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

import type { RateSeries } from "./rate-buckets";
import type { TimeSpan } from "../../core/filter/filter";
import { formatClock } from "../ui/format";

type Props = {
  series: RateSeries;
  /** A CSS variable for each line. */
  colors: readonly string[];
  formatRate: (perSecond: number) => string;
  label: string;
  onSelect: (span: TimeSpan) => void;
  /** The bucket under the pointer. */
  onHover: (place: number | undefined) => void;
};

/** Steps of the scale: numbers that are easy to count in. */
/** Milliseconds between two times of the axis, which are told to the second. */
const WHOLE_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600,
].map((each) => each * 1_000);

const STEPS = Array.from({ length: 9 }, (_, digits) =>
  [1, 2, 5].map((step) => step * 10 ** (digits - 2)),
).flat();

/** Rates over time as stacked bars. Dragging over them selects a time span. */
export function RatePlot(props: Props) {
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

function optionsOf(parent: HTMLElement, latest: { readonly current: Props }): uPlot.Options {
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
        incrs: STEPS,
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

function rangeOf({ starts, widthMs }: RateSeries): [number, number] {
  return [starts[0] ?? 0, (starts.at(-1) ?? 0) + widthMs];
}

function placeOf(at: number, { starts, widthMs }: RateSeries): number {
  const place = Math.floor((at - (starts[0] ?? 0)) / widthMs);
  return Math.max(0, Math.min(place, starts.length - 1));
}
