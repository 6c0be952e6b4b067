import type { RefObject } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { type LeftOut, toMermaid } from "../../core/delivery/mermaid";
import type { SequenceRow } from "../../core/delivery/sequence";
import type { SequenceColumn, Stretch } from "../../core/delivery/sequence-columns";
import { type Scene, sceneOf } from "../../core/delivery/sequence-scene";
import type { TimeSpan } from "../../core/filter/filter";
import { hasCommandKey } from "../ui/command-key";
import { Button, ToolButton } from "../ui/controls";
import { copyText, NOT_COPIED } from "../ui/copy-text";
import { EmptyState } from "../ui/empty-state";
import { formatCount, formatMs, formatTime, plural } from "../ui/format";
import { drawBars, type Drawing, drawRow, ROW_HEIGHT } from "./draw-sequence";
import { FindBar } from "./find-bar";
import { type MenuPlace, RowMenu } from "./row-choices";
import { followSequence, type SequenceLayout } from "./sequence-layout";
import { SequenceRowView } from "./sequence-row-view";
import { timeText } from "./traffic-row-view";
import type { TrafficStore } from "./traffic-store";
import { rowAt, spanOf, useDragSpan } from "./use-drag-span";
import { useTableScroll, useWidth } from "./use-table-scroll";
import "./traffic.css";
import "./sequence.css";

/** Height of the head in CSS pixels; the same as in sequence.css. */
const HEAD_HEIGHT = 24;
/** Widths in CSS pixels: of the times, and of a column; the first of each where there is little room. */
const TIME_WIDTHS = [66, 92] as const;
const LEAST_COLUMN = [48, 96] as const;
const WIDEST_COLUMN = 260;
/** Sequences less wide than this have little room, in CSS pixels. */
const ROOMY = 560;
/** The hours are left out where there is little room. */
const SHORT_TIME = 3;

type Props = {
  store: TrafficStore;
  /** The grid, for who gives the keyboard back to it. */
  gridRef: RefObject<HTMLDivElement | null>;
  /** The keyboard goes into the details, which are open. */
  onEnterDetails: () => void;
};

/** What is shown as a sequence of the room: a column for each participant, an arrow for each message, time downwards. */
export function SequenceView({ store, gridRef, onEnterDetails }: Props) {
  const followed = useMemo(() => followSequence(store), [store]);
  useEffect(() => followed.stop, [followed]);
  const layout = followed.layout.value;
  if (!layout) return null;
  return (
    <Sequence store={store} layout={layout} gridRef={gridRef} onEnterDetails={onEnterDetails} />
  );
}

function Sequence({
  store,
  layout,
  gridRef: scroller,
  onEnterDetails,
}: Props & { layout: SequenceLayout }) {
  const { selection } = store;
  const { rows, context, isComplete, placeOf } = layout;
  const { list } = context.columns;
  const width = useWidth(scroller);
  const step = width < ROOMY ? 0 : 1;
  const timeWidth = TIME_WIDTHS[step];
  const fitting = Math.floor((width - timeWidth) / Math.max(1, list.length));
  const columnWidth = Math.max(LEAST_COLUMN[step], Math.min(WIDEST_COLUMN, fitting));
  const draw = useDrawings(layout, columnWidth, width - timeWidth);
  const { items, height, followLatest, onScroll } = useTableScroll(
    store,
    scroller,
    true,
    ROW_HEIGHT,
    { count: rows.length, isComplete, above: HEAD_HEIGHT, placeOf },
  );
  const [span, setSpan] = useState<TimeSpan | undefined>(undefined);
  const [said, say] = useState("");
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  const selected = store.selected.value;
  const at = selected ? placeOf(selected) : -1;
  // Of a row that isn't in sight there is no element to name.
  const active = items.some(({ index }) => index === at) ? rows[at] : undefined;

  const chosen = span && layout.placesIn(span);
  const drag = useDragSpan(rows, setSpan, (entry) => {
    say("");
    setSpan(undefined);
    selection.choose(entry);
  });
  const first = Math.min(...items.map(({ index }) => index));
  const last = Math.max(...items.map(({ index }) => index));
  const windows = items.length > 0 ? layout.windowsAt(first, last + 1) : [];

  async function copy(taken: readonly SequenceRow[], leaveOut: LeftOut): Promise<void> {
    const { text, leftOut, rows: count } = toMermaid(taken, context, leaveOut);
    const isCopied = await copyText(text);
    const rest = leftOut > 0 ? `, ${formatCount(leftOut)} ${leaveOut} ones left out` : "";
    say(isCopied ? `Copied ${plural(count, "event")} as Mermaid${rest}` : NOT_COPIED);
  }
  const copyChosen = () =>
    chosen ? copy(rows.slice(chosen.from, chosen.to), "later") : copy(rows, "earlier");

  function goTo(place: number, isExtending: boolean): void {
    const row = rows[Math.max(0, Math.min(place, rows.length - 1))];
    if (!row) return;
    if (isExtending) {
      const anchor = drag.anchor.current ?? rows[Math.max(0, at)] ?? row;
      drag.anchor.current = anchor;
      setSpan(spanOf(anchor, row));
    } else drag.anchor.current = undefined;
    selection.move(row.entry);
  }

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const { key, shiftKey, altKey } = event;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / ROW_HEIGHT) - 2);
    if (hasCommandKey(event) && key === "c" && !String(getSelection() ?? "")) {
      const row = rows[at];
      if (span || row) void (span ? copyChosen() : copy(row ? [row] : [], "later"));
      else return;
    } else if (hasCommandKey(event) || altKey) return;
    else if (key === "ArrowDown") goTo(at + 1, shiftKey);
    else if (key === "ArrowUp") goTo(at < 0 ? rows.length - 1 : at - 1, shiftKey);
    else if (key === "PageDown" && at >= 0) goTo(at + page, shiftKey);
    else if (key === "PageUp" && at >= 0) goTo(at - page, shiftKey);
    else if (key === "Home" && at >= 0) goTo(0, shiftKey);
    else if (key === "End" && at >= 0) goTo(rows.length - 1, shiftKey);
    else if (key === "Enter" && selected && selection.isOpen.value) onEnterDetails();
    else if (key === "Enter" && selected) selection.setOpen(true);
    else if (key === "Escape" && span) setSpan(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onContextMenu(event: MouseEvent): void {
    // By the keyboard it is asked of the grid, for the row that is selected.
    const row = rowAt(rows, event.target) ?? (event.target === scroller.current && rows[at]);
    if (!row) return;
    event.preventDefault();
    selection.move(row.entry);
    setMenu({ x: event.clientX, y: event.clientY });
  }

  /** Tooltips are made for the one row that is pointed at. */
  function onMouseOver({ target }: MouseEvent): void {
    const row = rowAt(rows, target);
    const element = (target as Element).closest<HTMLElement>(".sequence__row");
    if (row && element)
      element.title = `${sceneOf(row, context).words}\n${formatTime(row.entry.event.at)}`;
  }

  return (
    <div class="traffic sequence">
      <div class="traffic__body">
        <div
          class="traffic__grid sequence__grid"
          role="grid"
          aria-label="Sequence"
          aria-rowcount={rows.length + 1}
          tabIndex={0}
          aria-activedescendant={active && rowId(active)}
          ref={scroller}
          style={{
            "--time-width": `${timeWidth}px`,
            "--column-width": `${columnWidth}px`,
            "--lane-width": `${columnWidth * list.length}px`,
            "--row-height": `${ROW_HEIGHT}px`,
          }}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          onContextMenu={onContextMenu}
          onMouseOver={onMouseOver}
        >
          <Head columns={list} isNarrow={step === 0} />
          <div
            class="sequence__rows"
            data-findable
            role="rowgroup"
            style={{ height }}
            {...drag.handlers}
          >
            {items.map(({ index, top, slot }) => {
              const row = rows[index];
              if (!row) return undefined;
              const { at: time, callId } = row.entry.event;
              const { scene, drawing } = draw(row, windows);
              return (
                <SequenceRowView
                  key={slot}
                  id={rowId(row)}
                  index={index}
                  top={top}
                  time={timeOf(store, step, time, callId, rows[index - 1])}
                  scene={scene}
                  drawing={drawing}
                  isSelected={index === at}
                  isInSpan={chosen !== undefined && index >= chosen.from && index < chosen.to}
                />
              );
            })}
          </div>
        </div>
        <span class="traffic__options">
          <ToolButton
            label="Copy as Mermaid"
            title={`Copy ${span ? "the chosen rows" : "what is shown"} as a Mermaid sequence diagram, for an issue or a document`}
            icon="copy"
            isDisabled={rows.length === 0}
            onClick={() => void copyChosen()}
          />
        </span>
        {followLatest && (
          <button
            type="button"
            class="button traffic__latest"
            title="Scroll to the end, and stay there as more comes"
            onClick={followLatest}
          >
            Follow the latest
          </button>
        )}
        {rows.length === 0 && isComplete && <EmptyState store={store} />}
      </div>
      {(chosen || said) && (
        <div class="sequence__span" role="group" aria-label="Chosen rows">
          {span && chosen && (
            <>
              <span title="Events in the time from the first to the last row chosen">
                {plural(chosen.to - chosen.from, "row")} · {formatMs(span.to - span.from)}
              </span>
              <Button onClick={() => void copyChosen()}>Copy as Mermaid</Button>
              <Button
                title="Show only what happened in this time"
                onClick={() => {
                  store.filter.value = { ...store.filter.value, span };
                  setSpan(undefined);
                }}
              >
                Show only these
              </Button>
            </>
          )}
          <span role="status">{said}</span>
          <ToolButton
            label="Close"
            title="Choose no rows (Escape)"
            icon="close"
            onClick={() => {
              setSpan(undefined);
              say("");
            }}
          />
        </div>
      )}
      <FindBar store={store} onClose={() => scroller.current?.focus()} />
      {menu && <RowMenu store={store} at={menu} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

/** Who the columns are. */
function Head({ columns, isNarrow }: { columns: readonly SequenceColumn[]; isNarrow: boolean }) {
  return (
    <div class="sequence__head" role="row" aria-rowindex={1}>
      <span class="sequence__time" role="columnheader">
        Time
      </span>
      {columns.map((column, place) => (
        <span
          key={place}
          class={`sequence__name cut ${column.isInView ? "" : "sequence__name--dim"}`}
          role="columnheader"
          title={aboutColumn(column)}
        >
          {isNarrow ? column.name : labelOf(column)}
        </span>
      ))}
    </div>
  );
}

const labelOf = ({ name, isOwn }: SequenceColumn): string => (isOwn ? `${name} (you)` : name);

function aboutColumn(column: SequenceColumn): string {
  const { kind, ids, isInView } = column;
  const label = labelOf(column);
  switch (kind) {
    case "room":
      return "Room: where session data is kept. Daily doesn’t say who wrote a state";
    case "server":
      return `${label}: not a participant. Sent through Daily’s REST API, or by Daily itself`;
    case "others":
      return `${label}, whose pages aren’t in view`;
    case "participant":
      return [
        `${label}: ${isInView ? "page in view" : "page not in view. What was sent from there shows when it arrives"}`,
        `Session id: ${ids.join(", then ")}`,
      ].join("\n");
  }
}

const rowId = ({ entry }: SequenceRow): string => `sequence-${entry.index}`;

function timeOf(
  store: TrafficStore,
  step: 0 | 1,
  at: number,
  callId: string,
  above: SequenceRow | undefined,
): string {
  const { time } = store.table.value;
  const text = timeText(time, at, store.callOf(callId), above?.entry.event.at);
  return time === "clock" && step === 0 ? text.slice(SHORT_TIME) : text;
}

/** What rows look like; each is found out once as long as nothing has changed. */
function useDrawings({ context }: SequenceLayout, columnWidth: number, width: number) {
  return useMemo(() => {
    const { list } = context.columns;
    const size = { columnWidth, count: list.length, width };
    const known = new Map<SequenceRow, { scene: Scene; drawing: Drawing }>();
    return (row: SequenceRow, windows: readonly Stretch[]) => {
      const { at } = row.entry.event;
      let found = known.get(row);
      if (!found) {
        const scene = sceneOf(row, context);
        found = { scene, drawing: drawRow(scene, at, list, size) };
        known.set(row, found);
      }
      const bars = drawBars(at, list, windows, size);
      const { scene, drawing } = found;
      if (bars.length === 0) return found;
      return { scene, drawing: { ...drawing, life: [...drawing.life, ...bars] } };
    };
  }, [context, columnWidth, width]);
}
