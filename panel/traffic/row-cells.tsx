import type { ComponentChildren } from "preact";

import { initiatorPlace } from "../../core/lib/source-maps";
import { visibleText } from "../../core/lib/texts";
import { placeParts } from "../../core/lib/stack";
import type { ColumnName, TableLayout } from "../session/columns";
import type { RowStatus } from "../../core/session/row-status";
import type { Outcome } from "../../core/delivery/deliveries";
import { outcomeLabel, outcomeLevel, receptionText } from "../../core/delivery/outcome-text";
import { type PersonLabel, personOf } from "../../core/session/people";
import type { Sources } from "../session/sources";
import type { PageEvent } from "../../extension/protocol/event";
import { callerOf } from "../../core/session/event-facts";
import { chipOf, type RowView } from "../../core/session/event-view";
import type { CallMark } from "../ui/call-marks";
import { CHANNELS } from "../ui/channels";
import { formatChars, formatCount, formatMs } from "../ui/format";
import { placeTitle } from "../ui/stack-view";
import { sizeTitle } from "../ui/size-meter";

export type RowProps = {
  /** What became of it; a prop of its own, because it changes when later events tell. */
  readonly status: RowStatus | undefined;
  readonly layout: TableLayout;
  /** What became of it at the other ends in view; undefined where there is none. */
  readonly outcome: Outcome | undefined;
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

/** From so many characters on a size is told short: all its digits would have no room, and the first would be cut off. */
const SHORT_FROM = { wide: 1_000_000, narrow: 10_000 } as const;

const sizeText = (chars: number, { isNarrow }: TableLayout): string =>
  chars < (isNarrow ? SHORT_FROM.narrow : SHORT_FROM.wide)
    ? formatCount(chars)
    : formatChars(chars);

type Cell = {
  readonly content: ComponentChildren;
  /** Further classes. */
  readonly class?: string;
  readonly style?: Record<string, string | number>;
};

/** Names the icon of the direction, which the style sheet draws in the colour of the channel, to those who don't see it. */
const DIRECTIONS = { out: "sent by this page", in: "received", none: "" } as const;

type CellsOfColumn = {
  /** What a cell of a row shows. */
  readonly show: (row: RowView, props: RowProps) => Cell;
  /** Its tooltip: what the short form leaves out. `now` is epoch ms. */
  readonly title: (
    row: RowView,
    sources: Sources,
    now: number,
    outcome: Outcome | undefined,
  ) => string | undefined;
};

/**
 * The cells of a row. In a flood some hundred rows a second are drawn: a cell has as few elements as it can, and its
 * tooltip is made when it is pointed at.
 */
export const ROW_CELLS: { readonly [C in ColumnName]: CellsOfColumn } = {
  time: {
    show: (_row, { time }) => ({ content: time }),
    title: ({ event }) => new Date(event.at).toISOString(),
  },

  direction: {
    show: ({ direction, channel }, { layout }) => ({
      content: layout.hasChannel
        ? DIRECTIONS[direction]
        : `${CHANNELS[channel].short} ${DIRECTIONS[direction]}`,
    }),
    title: ({ direction, channel }) =>
      [CHANNELS[channel].short, DIRECTIONS[direction]].filter(Boolean).join(", "),
  },

  call: {
    show: (_row, { callMark }) => ({ content: callMark?.label }),
    title: ({ call }) => call && (call.room ?? call.url),
  },

  channel: {
    show: ({ channel }) => ({ content: CHANNELS[channel].short }),
    title: ({ channel, name }) => `${name}: ${CHANNELS[channel].title}`,
  },

  people: {
    show({ from, to, direction }, { layout }) {
      // Where there is little room the other side is what matters: the direction says who this page is.
      const isFromShown = from && !(layout.isNarrow && direction === "out" && to.length > 0);
      const isToShown = to.length > 0 && !(layout.isNarrow && direction === "in");
      if (!isToShown) return { content: isFromShown && personText(from) };
      const recipients = to.every(({ isKnown }) => isKnown)
        ? to.map(({ label }) => label).join(", ")
        : to.map((person, position) => [position > 0 && ", ", personText(person)]);
      return {
        content: [isFromShown && personText(from), isFromShown ? " → " : "→ ", recipients],
      };
    },
    title: ({ from, to }) =>
      [from && `From ${describe(from)}`, to.length > 0 && `to ${to.map(describe).join(", ")}`]
        .filter(Boolean)
        .join("\n"),
  },

  summary: {
    show(row, { layout }) {
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
    title: ({ event, type, summary }) =>
      [commandText(event), type?.note, summary].filter(Boolean).join("\n"),
  },

  size: {
    show({ payload, budget }, { layout }) {
      if (!payload || !budget) return { content: null };
      const text = sizeText(budget.chars, layout);
      const names = `bar bar--${budget.level}`;
      if (budget.share < METER_FROM) return { content: text, class: names };
      return {
        content: <span class="cut">{text}</span>,
        class: `${names} bar--half`,
        style: { "--share": Math.min(1, budget.share) },
      };
    },
    title: ({ payload, budget }) => payload && budget && sizeTitle(budget.channel, payload, budget),
  },

  latency: {
    show: ({ latency }) => ({ content: latency && formatMs(latency.ms) }),
    title: ({ latency }) => latency && `${latency.until} after ${formatMs(latency.ms)}`,
  },

  delivered: {
    show: (row, { outcome, layout }) => ({
      content: row.direction === "out" ? outcomeLabel(outcome, layout.isNarrow) : undefined,
      class: `delivered--${outcomeLevel(outcome)}`,
    }),
    title: ({ call }, _sources, _now, outcome) =>
      outcome?.receptions
        .map((each) => `${personOf(call, each.sessionId).label}: ${receptionText(each)}`)
        .join("\n"),
  },

  status: {
    show: (_row, { status }) => ({ content: status?.label }),
    title: (row, _sources, now) => row.status(now)?.detail,
  },

  initiator: {
    show({ event }, { sources }) {
      if (event.kind !== "method-called") return { content: null };
      if (isCommand(event)) return { content: callerOf(event) };
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
    title({ event }, sources) {
      if (event.kind !== "method-called") return undefined;
      if (isCommand(event)) return commandText(event);
      const place = initiatorPlace(sources, event.stack ?? "");
      return place && placeTitle(place);
    },
  },
};

/** Whether a method was called for a command, and not by the page. */
export const isCommand = (event: PageEvent): boolean =>
  event.kind === "method-called" && event.by === "panel";

const commandText = (event: PageEvent): string | undefined =>
  !isCommand(event)
    ? undefined
    : callerOf(event) === "agent"
      ? "Sent by a coding agent"
      : "Sent from this panel";

const personText = ({ label, isKnown }: PersonLabel): ComponentChildren =>
  isKnown ? label : <span class="person--unknown">{label}</span>;

const describe = ({ label, id, isKnown }: PersonLabel): string =>
  `${label}${id && id !== "*" ? ` (${id})` : ""}${isKnown ? "" : ": no one in this call has this session id"}`;
