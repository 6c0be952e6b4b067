import type { DataChannel } from "../../core/daily/limits";
import type { DeliveredTest } from "../../core/filter/language/filter-keys";
import type { CallState } from "../../core/session/call-state";
import { CHANNELS } from "../ui/channels";
import { LinkButton } from "../ui/controls";
import { formatCount, formatMs, plural } from "../ui/format";
import { MIN_FOR_PERCENTILES } from "../../core/lib/distribution";
import { type RouteRow, routeRows } from "./route-rows";
import type { ShownRoutes } from "./route-statistics";
import "./routes.css";

type Props = {
  shown: ShownRoutes;
  callOf: (callId: string) => CallState | undefined;
  /** Shows what a filter finds. */
  onFilter: (text: string) => void;
};

/** More rows than this are counted, not shown. */
const MAX_ROWS = 40;

/** What became of everything that those in view sent to each other; nothing where no other end is in view. */
export function RouteTables({ shown: { routes, hasEnds, isComplete }, callOf, onFilter }: Props) {
  if (!hasEnds) return null;
  const tables = (["app-message", "user-data", "session-data"] as const).map((channel) => ({
    channel,
    rows: routeRows(routes, channel, callOf),
  }));
  const hasRows = tables.some(({ rows }) => rows.length > 0);
  return (
    <section class="card routes" aria-label="Senders and receivers">
      <h2 title="What the pages in view sent to each other, and what the receiving pages got. Follows the filter: a message counts where its sender’s row matches, on other tabs of the room, too. Participants whose page isn’t in view aren’t listed">
        Senders and receivers
      </h2>
      {!hasRows && (
        <p class="statistics__note">
          {isComplete
            ? "Nothing that matches the filter was sent from one page in view to another."
            : "Going through the log…"}
        </p>
      )}
      {tables.map(
        ({ channel, rows }) =>
          rows.length > 0 && (
            <RouteTable key={channel} channel={channel} rows={rows} onFilter={onFilter} />
          ),
      )}
    </section>
  );
}

type Cell = {
  readonly text: string;
  readonly title: string;
  readonly isBad?: boolean;
  /** Outcomes of what a click shows; without it, there is nothing to show. */
  readonly shows?: readonly DeliveredTest[] | undefined;
};

type Column = {
  readonly name: string;
  readonly title: string;
  /** Left out while no row has any. `narrow`: only where there is little room. */
  readonly isQuiet?: (row: RouteRow) => boolean;
  readonly isOnlyLoud?: true;
  readonly cell: (row: RouteRow) => Cell;
};

function RouteTable({
  channel,
  rows,
  onFilter,
}: Pick<Props, "onFilter"> & { channel: DataChannel; rows: readonly RouteRow[] }) {
  const columns = COLUMNS[channel].filter(
    ({ isOnlyLoud, isQuiet }) => !isOnlyLoud || !rows.every((row) => isQuiet?.(row)),
  );
  const classOf = ({ isQuiet }: Column) =>
    isQuiet && rows.every((row) => isQuiet(row)) ? "routes__quiet" : "";
  const { title, short } = CHANNELS[channel];
  return (
    <div class="routes__scroll">
      <table class="bars" aria-label={`${short}: senders and receivers`}>
        <thead>
          <tr>
            <th scope="col" class={`channel--${channel}`} title={title}>
              <span class="tag">{short}</span>
            </th>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                class={`bars__number ${classOf(column)}`}
                title={column.title}
              >
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MAX_ROWS).map((row) => (
            <tr key={row.key}>
              <th scope="row" class="routes__pair" title={`From ${row.from} to ${row.to}`}>
                {row.from} → {row.to}
              </th>
              {columns.map((column) => (
                <td key={column.name} class={`bars__number ${classOf(column)}`}>
                  <Figure
                    cell={column.cell(row)}
                    onClick={(outcomes) => onFilter(row.filterBy(outcomes))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MAX_ROWS && (
        <p class="statistics__note">and {formatCount(rows.length - MAX_ROWS)} more</p>
      )}
    </div>
  );
}

function Figure({
  cell: { text, title, isBad, shows },
  onClick,
}: {
  cell: Cell;
  onClick: (outcomes: readonly DeliveredTest[]) => void;
}) {
  if (!shows) return <span title={title}>{text}</span>;
  return (
    <LinkButton
      class={isBad ? "is-warning" : ""}
      title={`${title}\nShow them in Traffic`}
      onClick={() => onClick(shows)}
    >
      {text}
    </LinkButton>
  );
}

/** A count, which shows what it counts unless there is none. */
const counted = (
  count: number,
  title: string,
  shows: readonly DeliveredTest[],
  isBad = false,
): Cell => ({ text: formatCount(count), title, isBad, shows: count > 0 ? shows : undefined });

/** What else of them is known, in a sentence: `3 pending, 1 sent before Bob left`. */
function restOf({ route: { fates }, to }: RouteRow): string {
  const rest = [
    fates.waiting > 0 && `${formatCount(fates.waiting)} pending`,
    fates.left > 0 && `${formatCount(fates.left)} sent shortly before ${to} left`,
  ].filter(Boolean);
  return rest.length > 0 ? `\n${rest.join(", ")}` : "";
}

const lost: Column = {
  name: "Lost",
  title:
    "Not received although the receiver’s page was in the call and ran for long enough after it",
  cell: ({ route, to }) =>
    counted(
      route.fates.lost,
      `${plural(route.fates.lost, "time")} nothing arrived at ${to}’s page, which was in the call and ran on`,
      ["none", "some"],
      true,
    ),
};

const percentile = (name: "p50" | "p95", words: string): Column => ({
  name,
  title: `${words} took at most so long, from the call of the method to the event at the receiver. From ${MIN_FOR_PERCENTILES} on`,
  cell({ route, from, to }) {
    const { count, median, p95, max } = route.latency.read();
    if (count < MIN_FOR_PERCENTILES)
      return {
        text: "–",
        title:
          count === 0
            ? "None whose time is known"
            : `${formatCount(count)} measured, at most ${formatMs(max)}. Percentiles from ${MIN_FOR_PERCENTILES} on`,
      };
    const ms = name === "p50" ? median : p95;
    return {
      text: formatMs(ms),
      title: `${words} of ${formatCount(count)} took at most ${formatMs(ms)} from ${from} to ${to}; the longest ${formatMs(max)}. Slower ones:`,
      shows: [{ comparator: ">", value: Math.round(ms) }],
    };
  },
});
const PERCENTILES = [percentile("p50", "Half"), percentile("p95", "95 of 100")];

const MESSAGES: readonly Column[] = [
  {
    name: "Sent",
    title:
      "App messages for this receiver, to everyone or by name, sent while both pages were in view",
    cell: (row) =>
      counted(
        row.sent,
        `${plural(row.sent, "message")} from ${row.from} for ${row.to}, in view at the time${restOf(row)}`,
        [],
      ),
  },
  {
    name: "Received",
    title: "Those that arrived at the receiver’s page for certain. One that came twice counts once",
    cell: ({ route: { fates }, to }) =>
      counted(fates.received, `${plural(fates.received, "message")} arrived at ${to}’s page`, [
        "all",
        "some",
        "doubled",
      ]),
  },
  {
    name: "Equal",
    title:
      "Equal messages sent close together: how many of them arrived is known, which of them isn’t. None of them counts as received or lost",
    isOnlyLoud: true,
    isQuiet: ({ route }) => route.fates.equal === 0,
    cell: ({ route: { fates, equalArrived }, to }) => ({
      text: fates.equal === 0 ? "–" : `${formatCount(equalArrived)} of ${formatCount(fates.equal)}`,
      title:
        fates.equal === 0
          ? "No equal messages close together"
          : `Of equal messages: ${formatCount(equalArrived)} of ${formatCount(fates.equal)} arrived at ${to}’s page. Which of them can’t be told`,
      shows: fates.equal > 0 ? ["unknown"] : undefined,
    }),
  },
  lost,
  {
    name: "Doubled",
    title: "Arrived more than once",
    isQuiet: ({ route }) => route.doubled === 0,
    cell: ({ route, to }) =>
      counted(
        route.doubled,
        `${plural(route.doubled, "message")} arrived more than once at ${to}’s page`,
        ["doubled"],
        true,
      ),
  },
  {
    name: "Out of order",
    title: "Arrived after a message of the same sender that was sent later",
    isQuiet: ({ route }) => route.overtaken === 0,
    cell: ({ route, to }) =>
      counted(
        route.overtaken,
        `${plural(route.overtaken, "message")} arrived at ${to}’s page after one that was sent later`,
        ["overtaken"],
        true,
      ),
  },
  ...PERCENTILES,
];

const writes = (what: string): readonly Column[] => [
  {
    name: "Set",
    title: `Writes of ${what} that went out while both pages were in view`,
    cell: (row) =>
      counted(
        row.sent,
        `${plural(row.sent, "write")} of ${what} by ${row.from} while ${row.to}’s page was in view${restOf(row)}`,
        [],
      ),
  },
  {
    name: "Received",
    title: "The receiver’s page got this very value",
    cell: ({ route: { fates }, to }) =>
      counted(fates.received, `${plural(fates.received, "value")} arrived at ${to}’s page`, [
        "all",
        "some",
      ]),
  },
  {
    name: "Replaced",
    title: "The receiver’s page got a later value in its place: normal for writes close together",
    cell: ({ route: { fates }, to }) =>
      counted(
        fates.replaced,
        `${plural(fates.replaced, "value")} never showed at ${to}’s page: a later one came in its place`,
        ["none", "some"],
      ),
  },
  lost,
  ...PERCENTILES,
];

const COLUMNS: Readonly<Record<DataChannel, readonly Column[]>> = {
  "app-message": MESSAGES,
  "user-data": writes("user data"),
  "session-data": writes("session data"),
};
