import type { JSX } from "preact";
import { memo } from "preact/compat";

import { initiatorOf, parseStack, placeText } from "../domain/stack";
import type { CallState } from "../store/call-state";
import type { ColumnName, TableLayout } from "../store/columns";
import { latencyOf } from "../store/latency";
import type { PersonLabel } from "../store/people";
import type { RowStatus } from "../store/row-status";
import type { Entry } from "../store/session-log";
import { rowOf, type TrafficRow } from "../store/traffic-row";
import { CHANNELS } from "./channels";
import { formatMs } from "./format";
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
  layout: TableLayout;
  /** When it happened, as the table tells time. */
  time: string;
  isSelected: boolean;
  /** Whether it stands below the head of its group. */
  isInGroup: boolean;
  onPick: (event: MouseEvent, entry: Entry) => void;
};

const DIRECTION = { out: "sent by this page", in: "received", none: "" } as const;

/** One row of the Traffic table. */
export const TrafficRowView = memo(function TrafficRowView(props: Props) {
  const { id, index, top, entry, call, status, layout, isSelected, isInGroup, onPick } = props;
  const row = rowOf(entry, call);
  if (!row) return null;
  const classes = [
    `row channel--${row.channel} row--${row.direction}`,
    index % 2 === 1 && "row--even",
    isInGroup && "row--in-group",
    row.to.length > 0 && "row--has-to",
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
      style={{ top }}
      onMouseDown={(event) => onPick(event, entry)}
    >
      {layout.columns.map(({ name }) => {
        const { title, content } = CELLS[name](row, props);
        return (
          <span key={name} class={`cell cell--${name}`} role="gridcell" title={title}>
            {content}
          </span>
        );
      })}
    </div>
  );
}, isSameRow);

type Cell = {
  readonly title?: string | undefined;
  readonly content: JSX.Element | string | false | null | undefined;
};

const CELLS: { readonly [C in ColumnName]: (row: TrafficRow, props: Props) => Cell } = {
  time: (_row, { time }) => ({ content: time }),

  direction: ({ direction }) => ({
    title: DIRECTION[direction],
    content: (
      <>
        {direction !== "none" && <Icon name={direction} />}
        <span class="visually-hidden">{DIRECTION[direction]}</span>
      </>
    ),
  }),

  channel: ({ channel, name }) => ({
    title: `${name}: ${CHANNELS[channel].title}`,
    content: <span class="tag">{CHANNELS[channel].short}</span>,
  }),

  people: ({ from, to }) => ({
    title: peopleTitle(from, to),
    content: (
      <>
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
      </>
    ),
  }),

  summary: ({ channel, name, type, summary }) => ({
    title: summary,
    content: (
      <>
        {channel === "call" && <span class="name">{name} </span>}
        {type && (
          <span class="type" title={type.note}>
            {type.label}
          </span>
        )}
        {summary}
      </>
    ),
  }),

  size: ({ payload, budget }) => ({
    content: payload && budget && (
      <SizeMeter channel={budget.channel} payload={payload} budget={budget} />
    ),
  }),

  latency: (_row, { entry, call }) => {
    const latency = latencyOf(entry, call?.history);
    if (!latency) return { content: null };
    return {
      title: `${latency.until} after ${formatMs(latency.ms)}`,
      content: formatMs(latency.ms),
    };
  },

  status: (_row, { status }) => ({ title: status?.detail, content: status?.label }),

  initiator: (_row, { entry: { event } }) => {
    if (event.kind !== "method-called") return { content: null };
    if (event.by === "panel") return { title: "Sent from this panel", content: "panel" };
    const frame = initiatorOf(parseStack(event.stack ?? ""));
    return frame
      ? {
          title: `${frame.functionName || "(anonymous)"}\n${frame.url}:${frame.line}`,
          content: placeText(frame),
        }
      : { content: null };
  },
};

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
    before.isInGroup === after.isInGroup &&
    before.layout === after.layout &&
    before.time === after.time &&
    before.index === after.index &&
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
