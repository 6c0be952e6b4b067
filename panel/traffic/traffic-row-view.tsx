import { computed, type ReadonlySignal } from "@preact/signals";
import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";

import type { TableLayout } from "../session/columns";
import type { Level } from "../../core/rules/rule";
import type { TrafficStore } from "./traffic-store";
import type { Entry } from "../../core/session/session-log";
import { rowOf } from "../../core/session/event-view";
import { ROW_CELLS, type RowProps } from "./row-cells";

type Props = RowProps & {
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
      {layout.columns.map(({ name }) => {
        const { content, class: more, style } = ROW_CELLS[name](row, props);
        return (
          <span
            key={name}
            class={`cell cell--${name}${more ? ` ${more}` : ""}`}
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
  event.kind === "method-called" &&
  event.by === "panel" &&
  columns.every(({ name }) => name !== "initiator");

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
