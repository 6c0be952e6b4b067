import type { ComponentChildren } from "preact";

import type { ErrorInfo } from "../../extension/protocol/event";
import type { Entry } from "../store/session-log";
import type { TrafficRow } from "../store/traffic-row";
import { formatCount, formatShare, formatTime } from "./format";
import { sizeTitle } from "./size-meter";

type Props = {
  entry: Entry;
  row: TrafficRow;
  /** The error with which the promise of this call was rejected, if it was. */
  rejection: ErrorInfo | undefined;
  /** Something worth knowing about the payload or its sender. */
  note: string | undefined;
};

/** What is known of an entry beside its payload. */
export function Facts({ entry, row, rejection, note }: Props) {
  const { event } = entry;
  const { payload, budget, status } = row;
  const error = "error" in event ? event.error : undefined;
  const thrown = event.kind === "daily-event" ? event.handlerError : undefined;
  const failure = error ?? thrown ?? rejection;

  return (
    <>
      <h2 class="details__title">{row.name}</h2>
      <dl class="facts">
        <Fact
          name="Event"
          title="Its number in this document, gapless from 1; what other events say #n of."
        >
          #{event.seq}
        </Fact>
        <Fact name="Time">{formatTime(event.at)}</Fact>
        {row.from && (
          <Fact name="From" title={row.from.id}>
            {row.from.label}
          </Fact>
        )}
        {row.to.length > 0 && (
          <Fact name="To" title={row.to.map(({ id }) => id).join("\n")}>
            {row.to
              .map(({ label, isKnown }) =>
                isKnown ? label : `${label} (nobody with this session id)`,
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
            {!failure &&
              (event.kind === "method-called" || status.level === "warning") &&
              status.detail}
          </Fact>
        )}
        {event.kind === "daily-event" && (
          <Fact
            name="Listeners"
            title="Listeners of the page when it was emitted, and how long they ran in all."
          >
            {event.listeners}, {event.handlerMs.toFixed(1)} ms
          </Fact>
        )}
        {note && <Fact name="Note">{note}</Fact>}
        {!payload && row.summary !== "" && <Fact name="Summary">{row.summary}</Fact>}
      </dl>
      {failure && (
        <div class="failure">
          <p>
            <strong>{failure.name}:</strong> {failure.message}
          </p>
          {failure.stack && <pre>{failure.stack}</pre>}
        </div>
      )}
    </>
  );
}

function Fact({
  name,
  title,
  children,
}: {
  name: string;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <dt>{name}</dt>
      <dd title={title}>{children}</dd>
    </>
  );
}
