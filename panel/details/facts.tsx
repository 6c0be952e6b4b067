import { withoutIsolates } from "../../core/lib/texts";
import type { ComponentChildren } from "preact";

import type { Condition } from "../../core/filter/language/filter-keys";
import { printFilter } from "../../core/filter/language/print-filter";
import { lossPath, lossText } from "../../core/daily/losses";
import type { RowStatus } from "../../core/session/row-status";
import type { Replacement } from "../../core/daily/session-write";
import type { Entry } from "../../core/session/session-log";
import { channelWord } from "../../core/filter/term-matcher";
import { callerOf } from "../../core/session/event-facts";
import type { RowView } from "../../core/session/event-view";
import { CHANNELS } from "../ui/channels";
import { formatCount, formatMs, formatShare, formatTime } from "../ui/format";
import { sizeTitle } from "../ui/size-meter";
import { LinkButton } from "../ui/controls";

/** Keys that were replaced one by one make no long list. */
const MAX_REPLACEMENTS = 10;

type Props = {
  entry: Entry;
  row: RowView;
  status: RowStatus | undefined;
  /** Later changes of the keys that it set. */
  replacements: readonly Replacement[];
  onShow: (seq: number) => void;
  /** Whether an error is told elsewhere. */
  hasFailed: boolean;
  /** Something worth knowing about the payload or its sender. */
  note: string | undefined;
  /** Adds a term to the filter. */
  onFilter: (term: string) => void;
};

/** What is known of an entry beside its payload. */
export function Facts({
  entry,
  row,
  status,
  replacements,
  onShow,
  hasFailed,
  note,
  onFilter,
}: Props) {
  const { event } = entry;
  const { payload, budget } = row;

  return (
    <>
      <h2 class="details__title">Event</h2>
      <dl class="facts facts--columns">
        <Fact
          name="Number"
          title="Its number in this document, gapless from 1; what other events say #n of."
        >
          #{event.seq}
        </Fact>
        <Fact name="Time">{formatTime(event.at)}</Fact>
        <Fact name="Channel">
          {CHANNELS[row.channel].short}
          <Only
            condition={{ key: "channel", values: [channelWord(row.channel)] }}
            onFilter={onFilter}
          />
        </Fact>
        {row.type && (
          <Fact name="Type" title={row.type.note}>
            {row.type.label}
            <Only condition={{ key: "type", values: [row.type.label] }} onFilter={onFilter} />
          </Fact>
        )}
        {row.from && (
          <Fact name="From" title={row.from.id}>
            {row.from.label}
            <Only
              condition={{
                key: "from",
                values: [withoutIsolates(row.from.label).replace(/ \(you\)$|…$/, "")],
              }}
              onFilter={onFilter}
            />
          </Fact>
        )}
        {row.to.length > 0 && (
          <Fact name="To" title={row.to.map(({ id }) => id).join("\n")}>
            {row.to
              .map(({ label, isKnown }) =>
                isKnown ? label : `${label} (no one with this session id)`,
              )
              .join(", ")}
          </Fact>
        )}
        {"mergeStrategy" in event && event.mergeStrategy !== undefined && (
          <Fact name="Merge strategy">{event.mergeStrategy}</Fact>
        )}
        {"keysToDelete" in event && event.keysToDelete && (
          <Fact
            name="Set to undefined"
            title="A shallow merge deletes these keys; JSON cannot show them."
          >
            {event.keysToDelete.join(", ")}
          </Fact>
        )}
        {"lost" in event && event.lost && (
          <Fact
            name="Lost in JSON"
            title="Values that JSON has no form for, and what becomes of them. At most the first five are told."
          >
            {event.lost.map((loss) => `${lossPath(loss)}: ${lossText(loss)}`).join("; ")}
          </Fact>
        )}
        {payload && budget && (
          <Fact name="Size" title={sizeTitle(budget.channel, payload, budget)}>
            <span class={`meter--${budget.level}`}>
              {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters (
              {formatShare(budget)})
            </span>
            , {formatCount(payload.bytes)} bytes
          </Fact>
        )}
        {status && (
          <Fact name="Status">
            <span class={`status status--${status.level}`}>{status.label}</span>{" "}
            {!hasFailed && (event.kind === "method-called" || status.level === "warning") && (
              <span class="fact__detail">{status.detail}</span>
            )}
          </Fact>
        )}
        {replacements.length > 0 && (
          <Fact name="Replaced by" title="Later changes of the keys that this write set">
            {replacements.slice(0, MAX_REPLACEMENTS).map(({ by, keys, isOwn }) => (
              <span key={`${by} ${keys.join()}`} class="fact__item">
                <LinkButton title="Show it in Traffic" onClick={() => onShow(by)}>
                  #{by}
                </LinkButton>{" "}
                {isOwn ? "your write" : "someone else"}: {keys.join(", ")}
              </span>
            ))}
          </Fact>
        )}
        {event.kind === "method-called" && event.by === "panel" && (
          <Fact name="Sent from">
            {callerOf(event) === "agent" ? "a coding agent" : "this panel"}, not the page’s code
          </Fact>
        )}
        {event.kind === "daily-event" && (
          <Fact
            name="Listeners"
            title="Listeners of the page when it was emitted, and how long they ran in all."
          >
            {event.listeners}, {event.handlerMs < 0.1 ? "under 0.1 ms" : formatMs(event.handlerMs)}
          </Fact>
        )}
        {note && <Fact name="Note">{note}</Fact>}
        {!payload && row.summary !== "" && <Fact name="Summary">{row.summary}</Fact>}
      </dl>
    </>
  );
}

/** Narrows the table down to rows of the same kind. */
function Only({ condition, onFilter }: { condition: Condition; onFilter: (term: string) => void }) {
  const term = printFilter([{ isNegated: false, condition }]);
  return (
    <LinkButton
      class="fact__only"
      title={`Add ${term} to the filter`}
      aria-label={`Filter: ${term}`}
      onClick={() => onFilter(term)}
    >
      Filter
    </LinkButton>
  );
}

function Fact({
  name,
  title,
  children,
}: {
  name: string;
  title?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={title}>{children}</dd>
    </div>
  );
}
