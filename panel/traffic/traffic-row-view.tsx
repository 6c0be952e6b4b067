import { computed, type ReadonlySignal } from "@preact/signals";
import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";

import type { Level } from "../../core/rules/rule";
import type { Outcome } from "../../core/delivery/deliveries";
import { outcomeLevel } from "../../core/delivery/outcome-text";
import type { CallState } from "../../core/session/call-state";
import type { Entry } from "../../core/session/session-log";
import { rowOf, viewOf } from "../../core/session/event-view";
import type { TableLayout, TimeFormat } from "../session/columns";
import type { RowGroup } from "../session/table-rows";
import { isCommand, ROW_CELLS, type RowProps } from "./row-cells";
import { streamTextOf } from "./stream-text";
import type { TrafficStore } from "./traffic-store";
import type { CallMarks } from "../ui/call-marks";
import { CHANNELS } from "../ui/channels";
import { formatCount, formatMs, formatOffset, formatTime } from "../ui/format";
import { Icon } from "../ui/icons";
import { ToolButton } from "../ui/controls";

type Props = RowProps & {
  entry: Entry;
  call: CallState | undefined;
  id: string;
  index: number;
  /** Distance from the first row, in CSS pixels. */
  top: number;
  isSelected: boolean;
  /** Whether it stands below the head of its group. */
  isInGroup: boolean;
  /** The findings of the session. */
  findings: TrafficStore["findings"];
  onPick: (event: MouseEvent, entry: Entry) => void;
};

/** One row of the Traffic table. */
export const TrafficRowView = memo(function TrafficRowView(props: Props) {
  const { id, index, top, entry, call, status, layout, isSelected, isInGroup, findings, onPick } =
    props;
  const { callMark } = props;
  const row = rowOf(entry, call);
  const mark = useMark(findings, entry);
  if (!row) return null;
  const classes = [
    `row channel--${row.channel} row--${row.direction}`,
    index % 2 === 1 && "row--even",
    isInGroup && "row--in-group",
    callMark && "row--of-call",
    mark.value && `row--marked row--marked-${mark.value}`,
    entry.event.kind === "call-created" && "row--boundary",
    status && `row--${status.level}`,
    isMarkedAsPanel(entry, layout) && "row--panel",
  ];

  return (
    <div
      id={id}
      class={classes.filter(Boolean).join(" ")}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={callMark ? { top, "--call": callMark.color } : { top }}
      onMouseDown={(event) => onPick(event, entry)}
    >
      {layout.columns.map(({ name, isNumber }) => {
        const { content, class: more, style } = ROW_CELLS[name].show(row, props);
        return (
          <span
            key={name}
            class={`cell cell--${name}${isNumber ? " cell--number" : ""}${more ? ` ${more}` : ""}`}
            role="gridcell"
            style={style}
          >
            {content}
          </span>
        );
      })}
    </div>
  );
}, isSameRow);

/** Whether it has to be told that the panel made the call: where the column for that is shown, it is. */
const isMarkedAsPanel = ({ event }: Entry, { columns }: TableLayout): boolean =>
  isCommand(event) && columns.every(({ name }) => name !== "initiator");

/**
 * How bad the worst finding is that it is evidence of. Each row follows this by itself: findings grow all the time in a
 * busy call, and hardly ever change a row that is in sight.
 */
function useMark(
  findings: TrafficStore["findings"],
  { event }: Entry,
): ReadonlySignal<Level | undefined> {
  return useMemo(
    () =>
      computed(() => {
        const levels = findings.ofEvent(event.callId, event.seq).map(({ rule }) => rule.level);
        return WORST_FIRST.find((level) => levels.includes(level));
      }),
    [findings, event],
  );
}

const WORST_FIRST = ["error", "warning", "info"] as const satisfies readonly Level[];

function isSameRow(before: Props, after: Props): boolean {
  return (
    before.entry === after.entry &&
    before.call === after.call &&
    before.status?.label === after.status?.label &&
    before.status?.detail === after.status?.detail &&
    isSameOutcome(before.outcome, after.outcome) &&
    before.isSelected === after.isSelected &&
    before.isInGroup === after.isInGroup &&
    before.layout === after.layout &&
    before.callMark === after.callMark &&
    before.sourcesVersion === after.sourcesVersion &&
    before.time === after.time &&
    before.index === after.index &&
    before.top === after.top
  );
}

/** As far as a row shows it. */
function isSameOutcome(before: Outcome | undefined, after: Outcome | undefined): boolean {
  if (!before || !after) return before === after;
  return (
    before.known === after.known &&
    before.received === after.received &&
    before.latencyMs === after.latencyMs &&
    outcomeLevel(before) === outcomeLevel(after) &&
    before.equals?.arrived === after.equals?.arrived &&
    before.equals?.sent === after.equals?.sent
  );
}

type GroupProps = {
  id: string;
  index: number;
  top: number;
  group: RowGroup;
  call: CallState | undefined;
  /** When its first entry happened, as the table tells time. */
  time: string;
  isSelected: boolean;
  onToggle: (group: RowGroup) => void;
};

/** Several entries of one kind as one row; a click shows them. */
export function GroupRowView({
  id,
  index,
  top,
  group,
  call,
  time,
  isSelected,
  onToggle,
}: GroupProps) {
  const { entries, isOpen, label } = group;
  const [first, last] = [entries[0] as Entry, entries.at(-1) as Entry];
  const row = rowOf(last, call);
  const channel = row?.channel ?? "call";
  return (
    <div
      id={id}
      class={`row row--group channel--${channel} ${index % 2 === 1 ? "row--even" : ""}`}
      role="row"
      aria-rowindex={index + 2}
      aria-expanded={isOpen}
      aria-selected={isSelected}
      style={{ top }}
      onMouseDown={({ button }) => button === 0 && onToggle(group)}
    >
      <span class="cell group" role="gridcell">
        <span class="group__time">{time}</span>
        <Icon name={isOpen ? "open" : "closed"} />
        {row && row.direction !== "none" && <Icon name={row.direction} />}
        <span class="tag">{CHANNELS[channel].short}</span>
        <span class="type">{label}</span>
        <span class="group__count">× {formatCount(entries.length)}</span>
        <span class="group__facts">
          {entries.length > 1 && `in ${formatMs(last.event.at - first.event.at)}`}
        </span>
        {!isOpen && (
          <span class="group__last cut">{streamTextOf(group, call) || row?.summary}</span>
        )}
      </span>
    </div>
  );
}

type PinnedProps = {
  store: TrafficStore;
  layout: TableLayout;
  /** Of the calls whose rows are shown side by side. */
  marks: CallMarks;
  onPick: (event: MouseEvent, entry: Entry) => void;
};

/** Rows that stay in sight whatever is scrolled or filtered. */
export function PinnedRows({ store, layout, marks, onPick }: PinnedProps) {
  const pinned = store.pinned.value;
  if (pinned.length === 0) return null;
  return (
    <div class="traffic__pinned" data-findable role="rowgroup" aria-label="Pinned rows">
      {pinned.map((entry, index) => {
        const call = store.callOf(entry.event.callId);
        return (
          <div class="pinned" role="presentation" key={entry.index}>
            <TrafficRowView
              id={`pinned-${entry.index}`}
              index={index}
              top={0}
              entry={entry}
              call={call}
              status={viewOf(entry, call).status(store.now.value)}
              outcome={store.deliveryOf(entry)}
              layout={layout}
              callMark={marks(call?.callId)}
              sources={store.sources}
              sourcesVersion={store.sources.version.value}
              time={timeText(store.table.value.time, entry.event.at, call, undefined)}
              isSelected={store.selection.chosen.value.has(entry)}
              isInGroup={false}
              findings={store.findings}
              onPick={onPick}
            />
            <ToolButton
              class="pinned__off"
              label="Unpin row"
              title="Unpin row"
              icon="pin"
              onClick={() => store.togglePin(entry)}
            />
          </div>
        );
      })}
    </div>
  );
}

/** A time as the table tells it. `at` and `previousAt` (of the row above, if there is one) are epoch ms. */
export function timeText(
  format: TimeFormat,
  at: number,
  call: CallState | undefined,
  previousAt: number | undefined,
): string {
  switch (format) {
    case "clock":
      return formatTime(at);
    case "since-start":
      return formatOffset(at - (call?.startedAt ?? at));
    case "since-previous":
      return previousAt === undefined ? "" : formatOffset(at - previousAt);
  }
}
