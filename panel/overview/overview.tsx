import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import type { OverviewStore } from "./overview-store";
import { Icon } from "../ui/icons";
import { useNarrow } from "../ui/use-narrow";
import { formatTime } from "../ui/format";
import { ALL, isFollowing, latest } from "./time-axis";
import { describePoint, summarise } from "./describe-overview";
import { drawOverview } from "./draw-overview";
import { listenToPointer, pressInOverview } from "./overview-input";
import "./overview.css";
import { isCallLive, type OverviewMark, type OverviewModel, overviewOf } from "./overview-scene";

/** Whether the overview is shown: as the user chose, and else where there is room for it. */
function useOverviewShown({ isOverviewShown }: OverviewStore): boolean {
  const isNarrow = useNarrow();
  return isOverviewShown.value ?? !isNarrow;
}

/** Shows and hides the overview. */
export function OverviewToggle({ store }: { store: OverviewStore }) {
  const isShown = useOverviewShown(store);
  return (
    <button
      type="button"
      class="tool"
      aria-label="Overview"
      aria-pressed={isShown}
      title="Show the overview: the log over time"
      onClick={() => void (store.isOverviewShown.value = !isShown)}
    >
      <Icon name="overview" />
    </button>
  );
}

/** The time span that the table is narrowed down to, and how to be rid of it. */
export function SpanChip({ store: { filter } }: { store: OverviewStore }) {
  const { span } = filter.value;
  if (!span) return undefined;
  const [from, to] = [formatTime(span.from), formatTime(span.to)];
  return (
    <span
      class="chip"
      title="The table shows only what happened in this time, chosen in the overview"
    >
      <span>
        {from} – {to}
      </span>
      <button
        type="button"
        aria-label={`Show all times, not only ${from} to ${to}`}
        title="Show all times"
        onClick={() => void (filter.value = { ...filter.value, span: undefined })}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

type Props = { store: OverviewStore; marks?: readonly OverviewMark[] };

const NO_MARKS: readonly OverviewMark[] = [];

/** So often the summary for screen readers is written again, in ms, at most. */
const SUMMARY_MS = 500;

/** The log over time, to find one's way in it and to choose a span of it. `marks` are pointed out in its ruler. */
export function Overview({ store, marks = NO_MARKS }: Props) {
  const hasLog = useComputed(
    () => store.counts.value.events > 0 || store.counts.value.hasDocuments,
  );
  const isShown = useOverviewShown(store);
  if (!isShown || !hasLog.value) return undefined;
  return <Timeline store={store} model={overviewOf(store.session.value)} marks={marks} />;
}

type TimelineProps = Required<Props> & { model: OverviewModel };

function Timeline({ store, model, marks }: TimelineProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const summary = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const giveUp = listenToPointer(element, signal, store, model);
    let timer: ReturnType<typeof setTimeout> | undefined;

    function describe(): void {
      timer = undefined;
      if (summary.current) summary.current.textContent = summarise(model);
    }

    function onKeyDown(event: KeyboardEvent): void {
      const isDone = (event.key === "Escape" && giveUp()) || pressInOverview(store, model, event);
      if (!isDone) return;
      event.preventDefault();
      event.stopPropagation();
    }

    element.addEventListener("keydown", onKeyDown, { signal });
    const stop = drawOverview(store, model, {
      canvas: element,
      marks,
      onDrawn: () => void (timer ??= setTimeout(describe, SUMMARY_MS)),
    });
    return () => {
      stop();
      listening.abort();
      clearTimeout(timer);
      model.pointer.value = undefined;
    };
  }, [store, model, marks]);

  return (
    <div class="overview">
      <canvas
        ref={canvas}
        class="overview__canvas"
        role="application"
        aria-roledescription="timeline"
        aria-label={LABEL}
        aria-describedby="overview-summary"
        tabIndex={0}
      />
      <div ref={summary} id="overview-summary" class="visually-hidden" />
      <Tip store={store} model={model} />
      <ViewButtons store={store} model={model} />
    </div>
  );
}

const LABEL =
  "Overview of the log over time. Arrows move, plus and minus zoom, 0 shows all, End follows the latest. " +
  "Enter filters by the part shown, Shift with arrows extends the span, Escape clears it.";

function Tip({ store, model }: Omit<TimelineProps, "marks">) {
  const point = model.pointer.value;
  // Each picture is a reason to look again: what is under a pointer that rests may have changed.
  const scene = point && model.scene.value;
  if (!scene) return undefined;
  const lines = describePoint(store, model, point);
  if (lines.length === 0) return undefined;
  const { width } = scene;
  const place =
    point.x < width / 2 ? { left: point.x + 10 } : { right: Math.max(0, width - point.x + 10) };
  return (
    <div class="overview__tip" style={place} aria-hidden="true">
      {lines.map((line, index) => (
        <div key={index}>{line}</div>
      ))}
    </div>
  );
}

/** Back to all there is, and to what goes on, whichever is not seen. */
function ViewButtons({ store, model }: Omit<TimelineProps, "marks">) {
  const isLive = useComputed(() => isCallLive(store));
  const { view } = model;
  if (view.value.kind === "all") return undefined;
  return (
    <div class="overview__buttons">
      <button type="button" title="Show all of it (0)" onClick={() => void (view.value = ALL)}>
        Show all
      </button>
      {isLive.value && !isFollowing(view.value) && (
        <button
          type="button"
          title="Follow the call again (End)"
          onClick={() => void (view.value = latest(view.value))}
        >
          Live
        </button>
      )}
    </div>
  );
}
