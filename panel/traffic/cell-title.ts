import type { PageEvent } from "../../extension/protocol/event";
import type { CallState } from "../../core/session/call-state";
import type { ColumnName } from "../session/columns";
import { latencyOf, statusOf } from "../../core/session/row-status";
import type { Sources } from "../session/sources";
import type { PersonLabel } from "../../core/session/people";
import type { Entry } from "../../core/session/session-log";
import { rowOf, type RowView } from "../../core/session/event-view";
import { CHANNELS } from "../ui/channels";
import { formatMs } from "../ui/format";
import { DIRECTIONS } from "./row-cells";
import { initiatorPlace, placeTitle } from "../ui/stack-view";
import { sizeTitle } from "../ui/size-meter";

/** The tooltip of a cell: what its short form leaves out. Made when it is asked for. `now` is epoch ms. */
export function cellTitle(
  sources: Sources,
  column: ColumnName,
  entry: Entry,
  call: CallState | undefined,
  now: number,
): string {
  const row = rowOf(entry, call);
  return (row && TITLES[column](row, entry, call, now, sources)) ?? "";
}

const TITLES: {
  readonly [C in ColumnName]: (
    row: RowView,
    entry: Entry,
    call: CallState | undefined,
    now: number,
    sources: Sources,
  ) => string | undefined;
} = {
  time: (_row, { event }) => new Date(event.at).toISOString(),
  direction: ({ direction, channel }) =>
    [CHANNELS[channel].short, DIRECTIONS[direction]].filter(Boolean).join(", "),
  call: (_row, _entry, call) => call && (call.room ?? call.url),
  channel: ({ channel, name }) => `${name}: ${CHANNELS[channel].title}`,
  people: ({ from, to }) =>
    [from && `From ${describe(from)}`, to.length > 0 && `to ${to.map(describe).join(", ")}`]
      .filter(Boolean)
      .join("\n"),
  summary: ({ type, summary }, { event }) =>
    [isFromPanel(event) && FROM_PANEL, type?.note, summary].filter(Boolean).join("\n"),
  size: ({ payload, budget }) => payload && budget && sizeTitle(budget.channel, payload, budget),
  latency(_row, entry, call) {
    const latency = latencyOf(entry, call?.history);
    return latency && `${latency.until} after ${formatMs(latency.ms)}`;
  },
  status: (_row, entry, call, now) => statusOf(entry, call?.history, now)?.detail,
  initiator(_row, { event }, _call, _now, sources) {
    if (event.kind !== "method-called") return undefined;
    if (isFromPanel(event)) return FROM_PANEL;
    const place = initiatorPlace(sources, event.stack ?? "");
    return place && placeTitle(place);
  },
};

const FROM_PANEL = "Sent from this panel";
const isFromPanel = (event: PageEvent): boolean =>
  event.kind === "method-called" && event.by === "panel";

const describe = ({ label, id, isKnown }: PersonLabel): string =>
  `${label}${id && id !== "*" ? ` (${id})` : ""}${isKnown ? "" : ": nobody in this call has this session id"}`;
