import type { ComponentChildren, RefObject } from "preact";
import { useState } from "preact/hooks";

import { deliveryOf } from "../../core/daily/delivery";
import type { CallState } from "../../core/session/call-state";
import { changedKeysOf, changeOf, valueOf } from "../../core/session/change";
import { isExact, noteOf } from "../../core/session/summary";
import { personOf } from "../../core/session/people";
import type { Entry } from "../../core/session/session-log";
import type { RowStatus } from "../../core/session/row-status";
import { rowOf, type RowView } from "../../core/session/event-view";
import { BudgetView } from "../ui/size-meter";
import { DeliveryView, SourceView, SpreadView } from "./delivery-tab";
import { ChangeView, TimingView } from "./outcome-tabs";
import type { ErrorInfo, PageEvent } from "../../extension/protocol/event";
import { Facts } from "./facts";
import type { SessionStore } from "../session/session-store";
import { formatCount } from "../ui/format";
import { type OpenSource, StackView } from "../ui/stack-view";
import { JsonTree, PayloadTree, RawText } from "../ui/json-tree";
import { type Tab, Tabs } from "../ui/tabs";
import "./details.css";

type Props = {
  store: DetailsStore;
  entry: Entry;
  /** What other features have to say about it and do with it, above its payload. */
  head: ComponentChildren;
  onOpenSource: OpenSource;
  onClose: () => void;
  /** The content, for the keyboard to go into. */
  bodyRef: RefObject<HTMLDivElement | null>;
};

/** Everything about the selected entry. */
export function Details({ store, entry, head, onOpenSource, onClose, bodyRef }: Props) {
  const [chosen, choose] = useState("Payload");
  const call = store.freshCall(entry.event.callId);
  const row = rowOf(entry, call);
  if (!row) return null;
  const { event } = entry;
  const stack = "stack" in event ? event.stack : undefined;
  const tabs = [
    ...tabsOf({ store, entry, row, call, head, onOpenSource }),
    ...(stack
      ? [
          {
            name: "Initiator",
            show: () => <StackView store={store} stack={stack} onOpen={onOpenSource} />,
          },
        ]
      : []),
    { name: "Raw", show: () => <RawText text={row.payload?.json ?? ""} /> },
    { name: "Event", show: () => <RawText text={JSON.stringify(event, undefined, 2)} /> },
  ];

  return (
    <section class="details" aria-label="Details">
      {!store.session.value.isVisible(entry) && (
        <p class="details__hidden cut">This event is filtered out of the table.</p>
      )}
      <Tabs
        label="Details"
        tabs={tabs}
        chosen={tabs.some(({ name }) => name === chosen) ? chosen : "Payload"}
        onChoose={choose}
        onClose={onClose}
        bodyRef={bodyRef}
      />
    </section>
  );
}

type PayloadProps = Pick<Props, "store" | "entry" | "head" | "onOpenSource"> & {
  row: RowView;
  call: CallState | undefined;
};

function tabsOf(props: PayloadProps): Tab[] {
  const { store, entry, call } = props;
  const { event } = entry;
  const history = call?.history;
  const change = history && changeOf(entry, history);
  const isMessage = event.kind === "method-called" && event.method === "sendAppMessage";
  const isSent = isMessage && event.outcome === "returned";
  const isWrite = event.kind === "method-called" && !isMessage && event.outcome === "returned";
  const session = store.session.value;
  const source = session.deliveries.sourceOf(entry);
  const receptions = isSent || isWrite ? (session.deliveryOf(entry)?.receptions ?? []) : [];
  const onShow = ({ event: shown }: Entry) => void store.showEvent(shown.callId, shown.seq);
  return [
    {
      name: "Payload",
      show: () => <PayloadTab {...props} />,
    },
    ...(change
      ? [
          {
            name: "Change",
            show: () => (
              <ChangeView
                change={change}
                keys={changedKeysOf(entry, history)}
                onHistory={(key) => store.showKeyHistory(event.callId, key)}
                onShow={() => store.showMoment(entry)}
              />
            ),
          },
        ]
      : []),
    ...(isSent && history
      ? [
          {
            name: "Delivery",
            show: () => (
              <DeliveryView
                delivery={deliveryOf(event.to, event.seq, history.people)}
                receptions={receptions}
                people={history.people}
                isLive={store.isLive.value}
                onShow={onShow}
              />
            ),
          },
        ]
      : []),
    ...(isWrite && history
      ? [
          {
            name: "Timing",
            show: () => (
              <>
                <TimingView entry={entry} history={history} />
                <SpreadView
                  receptions={receptions}
                  nameOfPerson={(id) => personOf(call, id).label}
                  onShow={onShow}
                />
              </>
            ),
          },
        ]
      : []),
    ...(source
      ? [
          {
            name: "Delivery",
            show: () => <SourceView source={source} onShow={onShow} />,
          },
        ]
      : []),
  ];
}

function PayloadTab({ store, entry, row, call, head, onOpenSource }: PayloadProps) {
  const { event } = entry;
  const { payload, budget, type } = row;
  const value = valueOf(payload);
  const status = row.status(store.now.value);
  const failure = failureOf(event, call);
  return (
    <>
      {head}
      {failure && <Failure store={store} error={failure} onOpenSource={onOpenSource} />}
      <Gist row={row} status={status} />
      {payload && type?.inner === undefined && <PayloadTree payload={payload} />}
      {typeof type?.inner === "object" && type.inner && (
        <>
          {typeof value === "string" && (
            <p
              class={isExact(value, type.inner) ? "details__decoded" : "problem"}
              title="The message is a string that holds JSON text"
            >
              {isExact(value, type.inner)
                ? "Decoded from a string"
                : "Decoded from a string. Numbers and keys are as JavaScript reads them; Raw has the text"}
            </p>
          )}
          <JsonTree value={type.inner} label="Payload" openLevels={4} />
        </>
      )}
      {!payload && <JsonTree value={carriedBy(event)} label="Payload" openLevels={3} />}
      {payload && budget && (
        <BudgetView
          channel={budget.channel}
          payload={payload}
          budget={budget}
          value={type?.inner ?? value}
          isDecoded={typeof value === "string" && type?.inner !== undefined}
        />
      )}
      <Facts
        entry={entry}
        row={row}
        status={status}
        replacements={call?.history.session.writes.get(event.seq)?.replacements ?? []}
        onShow={(seq) => store.showEvent(event.callId, seq)}
        onFilter={(term) => store.narrow(term)}
        hasFailed={failure !== undefined}
        note={call && noteOf(entry, row, call)}
      />
    </>
  );
}

/** What it is, what became of it and how large it is, in a line. */
function Gist({ row, status }: { row: RowView; status: RowStatus | undefined }) {
  const { name, budget } = row;
  return (
    <p class="gist">
      <strong>{name}</strong>
      {status && (
        <span class={`status status--${status.level}`} title={status.detail}>
          {status.label}
        </span>
      )}
      {budget && (
        <span class={`meter--${budget.level}`}>
          {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters
        </span>
      )}
    </p>
  );
}

/** The error of a call that was refused, or of a listener. */
function failureOf(event: PageEvent, call: CallState | undefined): ErrorInfo | undefined {
  if ("error" in event && event.error) return event.error;
  if (event.kind === "daily-event" && event.handlerError) return event.handlerError;
  const fate = call?.history.userData.writes.get(event.seq)?.fate;
  return fate?.kind === "refused" ? fate.error : undefined;
}

function Failure({
  store,
  error,
  onOpenSource,
}: {
  store: DetailsStore;
  error: ErrorInfo;
  onOpenSource: OpenSource;
}) {
  return (
    <div class="failure">
      <p>
        <strong>{error.name}:</strong> {error.message}
      </p>
      {error.stack && <StackView store={store} stack={error.stack} onOpen={onOpenSource} />}
    </div>
  );
}

/** What is particular to an event: without the fields that all have and the facts above already tell. */
function carriedBy(event: PageEvent): object {
  const common = new Set([
    "seq",
    "at",
    "callId",
    "kind",
    "name",
    "listeners",
    "handlerMs",
    "handlerError",
  ]);
  return Object.fromEntries(Object.entries(event).filter(([key]) => !common.has(key)));
}

/** What the details of an event need of the store. */
type DetailsStore = Pick<
  SessionStore,
  | "freshCall"
  | "isLive"
  | "narrow"
  | "notice"
  | "now"
  | "selection"
  | "session"
  | "showEvent"
  | "showKeyHistory"
  | "showMoment"
  | "sources"
>;
