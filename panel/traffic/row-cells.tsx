import type { ComponentChildren } from "preact";

import { visibleText } from "../../core/lib/texts";
import { placeParts } from "../../core/lib/stack";
import type { CallState } from "../../core/session/call-state";
import type { ColumnName, TableLayout } from "../session/columns";
import { latencyOf, type RowStatus } from "../../core/session/row-status";
import type { PersonLabel } from "../../core/session/people";
import type { Sources } from "../session/sources";
import type { Entry } from "../../core/session/session-log";
import { chipOf, type RowView } from "../../core/session/event-view";
import type { CallMark } from "../ui/call-marks";
import { CHANNELS } from "../ui/channels";
import { formatCount, formatMs } from "../ui/format";
import { initiatorPlace } from "../ui/stack-view";

export type RowProps = {
  readonly entry: Entry;
  readonly call: CallState | undefined;
  /** What became of it; a prop of its own, because it changes when later events tell. */
  readonly status: RowStatus | undefined;
  readonly layout: TableLayout;
  /** Which call it belongs to, where rows of several are shown. */
  readonly callMark: CallMark | undefined;
  readonly sources: Sources;
  /** Another one when more originals of lines are known. */
  readonly sourcesVersion: number;
  /** When it happened, as the table tells time. */
  readonly time: string;
};

/** From this share of a limit on, a size has a meter. */
const METER_FROM = 0.5;

export type Cell = {
  readonly content: ComponentChildren;
  /** Further classes. */
  readonly class?: string;
  readonly style?: Record<string, string | number>;
};

/** Names the icon of the direction, which the style sheet draws in the colour of the channel, to whoever does not see it. */
export const DIRECTIONS = { out: "sent by this page", in: "received", none: "" } as const;

/**
 * What each cell of a row shows. In a flood some hundred rows a second are drawn: a cell has as few elements as it can,
 * and its tooltip is made when it is pointed at.
 */
export const ROW_CELLS: {
  readonly [C in ColumnName]: (row: RowView, props: RowProps) => Cell;
} = {
  time: (_row, { time }) => ({ content: time }),
  direction: ({ direction, channel }, { layout }) => ({
    content: layout.hasChannel
      ? DIRECTIONS[direction]
      : `${CHANNELS[channel].short} ${DIRECTIONS[direction]}`,
  }),
  call: (_row, { callMark }) => ({ content: callMark?.label }),

  channel: ({ channel }) => ({ content: CHANNELS[channel].short }),

  people: ({ from, to, direction }, { layout }) => {
    // Where there is little room the other side is what matters: the direction says who this page is.
    const isFromShown = from && !(layout.isNarrow && direction === "out" && to.length > 0);
    const isToShown = to.length > 0 && !(layout.isNarrow && direction === "in");
    if (!isToShown) return { content: isFromShown && personText(from) };
    const recipients = to.every(({ isKnown }) => isKnown)
      ? to.map(({ label }) => label).join(", ")
      : to.map((person, position) => [position > 0 && ", ", personText(person)]);
    return { content: [isFromShown && personText(from), isFromShown ? " → " : "→ ", recipients] };
  },

  summary(row, { layout }) {
    const chip = chipOf(row);
    return {
      content: (
        <>
          {row.channel === "call" && <span class="name">{row.name} </span>}
          {chip !== undefined && <span class="type">{visibleText(chip)}</span>}
          {`${chip === undefined ? "" : " "}${visibleText(row.summary.slice(0, layout.summaryChars))}`}
        </>
      ),
    };
  },

  size: ({ payload, budget }) =>
    payload && budget
      ? {
          content: formatCount(budget.chars),
          class: `bar bar--${budget.level}${budget.share >= METER_FROM ? " bar--half" : ""}`,
          style: { "--share": Math.min(1, budget.share) },
        }
      : { content: null },

  latency: (_row, { entry, call }) => {
    const latency = latencyOf(entry, call?.history);
    return { content: latency && formatMs(latency.ms) };
  },

  status: (_row, { status }) => ({ content: status?.label }),

  initiator(_row, { entry: { event }, sources }) {
    if (event.kind !== "method-called") return { content: null };
    if (event.by === "panel") return { content: "panel" };
    const place = initiatorPlace(sources, event.stack ?? "");
    if (!place) return { content: null };
    const { name, line } = placeParts(place.shown);
    // Where the column is narrow the name is cut, and the line number stays in sight.
    return {
      content: (
        <>
          <span class="cut">{name}</span>
          {line}
        </>
      ),
    };
  },
};

const personText = ({ label, isKnown }: PersonLabel): ComponentChildren =>
  isKnown ? label : <span class="person--unknown">{label}</span>;
