import { memo } from "preact/compat";

import type { CallState } from "../store/call-state";
import type { PersonLabel } from "../store/people";
import type { RowStatus } from "../store/row-status";
import type { Entry } from "../store/session-log";
import { rowOf } from "../store/traffic-row";
import { CHANNELS } from "./channels";
import { formatTime } from "./format";
import { Icon } from "./icons";
import { SizeMeter } from "./size-meter";

type Props = {
  id: string;
  index: number;
  /** Distance from the first row, in CSS pixels. */
  top: number;
  entry: Entry;
  call: CallState | undefined;
  /** What became of it; a prop of its own, because it changes when later events tell. */
  status: RowStatus | undefined;
  isSelected: boolean;
  onSelect: () => void;
};

const DIRECTION = { out: "sent by this page", in: "received", none: "" } as const;

/** One row of the Traffic table. */
export const TrafficRowView = memo(function TrafficRowView(props: Props) {
  const { id, index, top, entry, call, status, isSelected, onSelect } = props;
  const row = rowOf(entry, call);
  if (!row) return null;
  const { direction, channel, name, from, to, summary, type, payload, budget } = row;
  const classes = [
    `row channel--${channel} row--${direction}`,
    index % 2 === 1 && "row--even",
    entry.event.kind === "call-created" && "row--boundary",
    status && `row--${status.level}`,
  ];

  return (
    <div
      id={id}
      class={classes.filter(Boolean).join(" ")}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }}
      onMouseDown={onSelect}
    >
      <span class="cell cell--time" role="gridcell">
        {formatTime(entry.event.at)}
      </span>
      <span class="cell cell--direction" role="gridcell" title={DIRECTION[direction]}>
        {direction !== "none" && <Icon name={direction} />}
        <span class="visually-hidden">{DIRECTION[direction]}</span>
      </span>
      <span
        class="cell cell--channel"
        role="gridcell"
        title={`${name}: ${CHANNELS[channel].title}`}
      >
        <span class="tag">{CHANNELS[channel].short}</span>
      </span>
      <span class="cell cell--people" role="gridcell" title={peopleTitle(from, to)}>
        <span class="from">{from && <Person person={from} />}</span>
        {to.length > 0 && <span class="arrow"> → </span>}
        <span class="to">
          {to.map((person, position) => (
            <>
              {position > 0 && ", "}
              <Person person={person} />
            </>
          ))}
        </span>
      </span>
      <span class="cell cell--summary" role="gridcell" title={summary}>
        {channel === "call" && <span class="name">{name} </span>}
        {type && (
          <span class="type" title={type.note}>
            {type.label}
          </span>
        )}
        {summary}
      </span>
      <span class="cell cell--size" role="gridcell">
        {payload && budget && (
          <SizeMeter channel={budget.channel} payload={payload} budget={budget} />
        )}
      </span>
      <span class="cell cell--status" role="gridcell" title={status?.detail}>
        {status?.label}
      </span>
    </div>
  );
}, isSameRow);

function Person({ person: { label, isKnown } }: { person: PersonLabel }) {
  return isKnown ? label : <span class="person--unknown">{label}</span>;
}

function isSameRow(before: Props, after: Props): boolean {
  return (
    before.entry === after.entry &&
    before.call === after.call &&
    before.status?.label === after.status?.label &&
    before.status?.detail === after.status?.detail &&
    before.isSelected === after.isSelected &&
    before.top === after.top
  );
}

function peopleTitle(from: PersonLabel | undefined, to: readonly PersonLabel[]): string {
  const describe = ({ label, id, isKnown }: PersonLabel) =>
    `${label}${id && id !== "*" ? ` (${id})` : ""}${isKnown ? "" : ": nobody in this call has this session id"}`;
  return [from && `From ${describe(from)}`, to.length > 0 && `to ${to.map(describe).join(", ")}`]
    .filter(Boolean)
    .join("\n");
}
