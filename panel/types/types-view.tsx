import { useEffect } from "preact/hooks";

import { idOf, type TypeContract } from "../../core/contract/contract";
import { MIN_FOR_PERCENTILES, type Spread } from "../../core/lib/distribution";
import { CHANNELS } from "../ui/channels";
import { Button } from "../ui/controls";
import { EmptyState } from "../ui/empty-state";
import {
  formatChars,
  formatClock,
  formatCount,
  formatShare,
  formatTime,
  plural,
} from "../ui/format";
import { Icon } from "../ui/icons";
import { BaselineBar } from "./baseline-bar";
import { ContractMenu } from "./contract-menu";
import { Departures, Splits } from "./departures";
import type { TypeOrder } from "./session-types";
import { TypeDetails } from "./type-details";
import { nameOf, senderName } from "./type-names";
import type { TypesStore } from "./types-store";
import "./types.css";

type Props = { store: TypesStore };

/** The types that an app has, field by field, and what departs from those that were kept. */
export function TypesView({ store }: Props) {
  const { types } = store;
  useEffect(() => types.follow(), [types]);
  const shown = types.current.value;
  const { contract, values, isComplete } = shown;
  const { hasDocuments, events } = store.counts.value;

  if (values === 0 && isComplete && (!hasDocuments || events === 0))
    return (
      <div class="types">
        <EmptyState store={store} />
      </div>
    );
  return (
    <div class="types">
      <div class="types__bar">
        <span
          class="types__dim"
          role="status"
          title="Messages, user data and states of the session data that the types were learned from"
        >
          {isComplete
            ? `${plural(contract.types.size, "type")} of ${plural(values, "value")}`
            : "Going through the log…"}
        </span>
        {values > 0 && (
          <ContractMenu
            store={store}
            what="all types"
            fileName="daily-types"
            contract={() => contract}
          />
        )}
        <BaselineBar store={store} shown={shown} />
      </div>
      <Departures store={store} shown={shown} />
      <Splits store={store} shown={shown} />
      {values === 0 && isComplete ? <NoTypes store={store} /> : <TypeList store={store} />}
      {contract.isPartial && (
        <p class="types__note">Further types aren’t listed: there are over 200.</p>
      )}
    </div>
  );
}

const NoTypes = ({ store }: { store: TypesStore }) => (
  <div class="empty">
    <h2>No types yet</h2>
    <p>
      Types are learned from app messages, user data and session data as they are sent and received.
    </p>
    {store.isLive.value && (
      <Button onClick={() => void (store.tab.value = "send")}>Send a message</Button>
    )}
  </div>
);

/** So many types remember how their sizes spread, until there is one more. */
const spreads = new WeakMap<TypeContract, { readonly count: number; readonly spread: Spread }>();

function spreadOf(type: TypeContract): Spread {
  const known = spreads.get(type);
  if (known?.count === type.count) return known.spread;
  const spread = type.sizes.read();
  spreads.set(type, { count: type.count, spread });
  return spread;
}

const BY: Readonly<Record<TypeOrder, (type: TypeContract) => number>> = {
  count: ({ count }) => count,
  size: (type) => spreadOf(type).max,
  last: ({ lastAt }) => lastAt,
};

function TypeList({ store }: { store: TypesStore }) {
  const { order } = store.types.look;
  const by = BY[order.value];
  const types = [...store.types.current.value.contract.types.values()].sort(
    (a, b) => by(b) - by(a),
  );
  return (
    <table class="type-list" aria-label="Types">
      <thead>
        <tr>
          <th scope="col">Type</th>
          <th scope="col" class="type-list__more">
            Channel
          </th>
          <SortHead store={store} by="count" title="Values of the type that were seen">
            Count
          </SortHead>
          <th
            scope="col"
            class="type-list__number type-list__more"
            title="Participants and servers that sent it. Daily doesn’t say who wrote session data"
          >
            Senders
          </th>
          <th
            scope="col"
            class="type-list__number type-list__more"
            title={`Half were at most this large, in characters. From ${MIN_FOR_PERCENTILES} on`}
          >
            p50
          </th>
          <th
            scope="col"
            class="type-list__number type-list__more"
            title={`95 of 100 were at most this large, in characters. From ${MIN_FOR_PERCENTILES} on`}
          >
            p95
          </th>
          <SortHead
            store={store}
            by="size"
            title="The largest, in characters as daily-js counts them"
          >
            Max
          </SortHead>
          <th
            scope="col"
            class="type-list__number"
            title="How much of its channel’s limit the largest used"
          >
            Limit
          </th>
          <th scope="col" class="type-list__number type-list__more" title="When it was seen first">
            First
          </th>
          <SortHead store={store} by="last" title="When it was seen last">
            Last
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {types.map((type) => (
          <TypeRow key={idOf(type)} store={store} type={type} count={type.count} />
        ))}
      </tbody>
    </table>
  );
}

function SortHead({
  store,
  by,
  title,
  children,
}: {
  store: TypesStore;
  by: TypeOrder;
  title: string;
  children: string;
}) {
  const { order } = store.types.look;
  const isSorted = order.value === by;
  return (
    <th scope="col" class="type-list__number" aria-sort={isSorted ? "descending" : undefined}>
      <button
        type="button"
        class="type-list__sort"
        title={`${title}\nSort by it, the ${by === "last" ? "latest" : "largest"} first`}
        onClick={() => void (order.value = by)}
      >
        {isSorted && <Icon name="descending" />}
        {children}
      </button>
    </th>
  );
}

/** Columns of the table, for a row that takes all of it. */
const COLUMNS = 10;

/** A type is one object that grows: its count says when what shows it is to be drawn again. */
type OfType = { store: TypesStore; type: TypeContract; count: number };

function TypeRow({ store, type, count }: OfType) {
  const { opened } = store.types.look;
  const id = idOf(type);
  const isOpen = opened.value.has(id);
  const { channel, maxShare, firstAt, lastAt } = type;
  const spread = spreadOf(type);

  function toggle(): void {
    const next = new Set(opened.value);
    if (!next.delete(id)) next.add(id);
    opened.value = next;
  }

  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            class="type-list__name"
            aria-expanded={isOpen}
            title={`${isOpen ? "Hide" : "Show"} the fields of ${nameOf(type)}`}
            onClick={toggle}
          >
            <Icon name={isOpen ? "open" : "closed"} />
            <span class="cut">{nameOf(type)}</span>
          </button>
        </th>
        <td class={`type-list__more type-list__channel channel--${channel}`}>
          <span title={CHANNELS[channel].title}>{CHANNELS[channel].short}</span>
        </td>
        <td class="type-list__number" title={`${plural(count, "value")} of this type`}>
          {formatCount(count)}
        </td>
        <SendersCell store={store} type={type} count={count} />
        <PercentileCell chars={spread.median} count={count} words="Half" />
        <PercentileCell chars={spread.p95} count={count} words="95 of 100" />
        <td
          class="type-list__number"
          title={`The largest had ${formatCount(spread.max)} characters`}
        >
          {formatChars(spread.max)}
        </td>
        <td
          class={`type-list__number ${maxShare >= 0.8 ? "is-warning" : ""}`}
          title="Of what its channel takes, used by the largest"
        >
          {formatShare({ share: maxShare })}
        </td>
        <td
          class="type-list__number type-list__more"
          title={`First seen at ${formatTime(firstAt)}`}
        >
          {formatClock(firstAt)}
        </td>
        <td class="type-list__number" title={`Last seen at ${formatTime(lastAt)}`}>
          {formatClock(lastAt)}
        </td>
      </tr>
      {isOpen && (
        <tr class="type-list__details">
          <td colSpan={COLUMNS}>
            <TypeDetails store={store} type={type} />
          </td>
        </tr>
      )}
    </>
  );
}

function PercentileCell({ chars, count, words }: { chars: number; count: number; words: string }) {
  const isKnown = count >= MIN_FOR_PERCENTILES;
  return (
    <td
      class="type-list__number type-list__more"
      title={
        isKnown
          ? `${words} had at most ${formatCount(Math.round(chars))} characters`
          : `Percentiles from ${MIN_FOR_PERCENTILES} on`
      }
    >
      {isKnown ? formatChars(Math.round(chars)) : "–"}
    </td>
  );
}

function SendersCell({ store, type }: OfType) {
  const { senders, fromOthers } = type;
  const names = [...senders]
    .sort(([, a], [, b]) => b - a)
    .map(([id, count]) => `${senderName(store.session.value, id)}: ${formatCount(count)}`);
  if (fromOthers > 0) names.push(`Others: ${formatCount(fromOthers)}`);
  return (
    <td
      class="type-list__number type-list__more"
      title={names.join("\n") || "Daily doesn’t say who sent it"}
    >
      {senders.size === 0 ? "–" : `${formatCount(senders.size)}${fromOthers > 0 ? "+" : ""}`}
    </td>
  );
}
