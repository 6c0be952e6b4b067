import type { Drifted, Origin } from "../../core/contract/drift";
import type { SenderSplit } from "../../core/contract/sender-shapes";
import { personOf } from "../../core/session/people";
import { LinkButton } from "../ui/controls";
import { formatCount, formatTime, plural } from "../ui/format";
import type { ShownTypes } from "./session-types";
import { nameOf, placeText } from "./type-names";
import type { TypesStore } from "./types-store";

type Props = { store: TypesStore; shown: ShownTypes };

/** What departs from the baseline, each with the first event that did it. */
export function Departures({ store, shown: { drift, isComplete } }: Props) {
  if (!drift) return null;
  const { departures, isPartial } = drift;
  return (
    <section class="card" aria-label="Departures from the baseline">
      <h2 title="Types and fields that the baseline doesn’t have, and the first event that brought each">
        Departures from the baseline
        {departures.length > 0 && (
          <span class="types__dim" title="Each is listed once, however often it was seen">
            {formatCount(departures.length)}
          </span>
        )}
      </h2>
      {departures.length === 0 && (
        <p class="types__note">
          {isComplete ? "None: everything so far is as in the baseline." : "Going through the log…"}
        </p>
      )}
      <ul class="departures">
        {departures.map((departure) => (
          <li
            key={JSON.stringify([
              departure.kind,
              departure.channel,
              departure.label,
              departure.path,
            ])}
          >
            <span>
              <span class="is-warning">⚠ </span>
              <What departure={departure} />
            </span>
            <span class="types__dim">
              <Sender store={store} origin={departure.first} /> First at{" "}
              <FirstEvent store={store} origin={departure.first} />
              <span title="Messages that depart in this way">
                , {plural(departure.count, "message")}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {isPartial && (
        <p class="types__note">Further departures aren’t listed: there are over 200.</p>
      )}
    </section>
  );
}

/** A departure in a sentence. */
function What({ departure }: { departure: Drifted }) {
  const { kind, path, expected, got, learnedFrom } = departure;
  const type = <b>{nameOf(departure)}</b>;
  const place = path.length === 0 ? "the value" : <code>{placeText(path)}</code>;
  const known = (
    <span title="Messages of this type that the baseline has learned from">
      {plural(learnedFrom, "message")}
    </span>
  );
  switch (kind) {
    case "new-type":
      return <>New type {type}</>;
    case "new-field":
      return (
        <>
          New field {place} in {type}: {listed(got)}
        </>
      );
    case "missing-field":
      return (
        <>
          Missing field {place} in {type}: always there in the baseline ({listed(expected)}, {known}
          )
        </>
      );
    case "other-type":
      return (
        <>
          Other type at {place} in {type}: {listed(got)}; {listed(expected)} in the baseline (
          {known})
        </>
      );
    case "outside-enum":
      return (
        <>
          Other value at {place} in {type}: {listed(got)}; only {listed(expected)} in the baseline (
          {known})
        </>
      );
  }
}

const listed = (words: readonly string[]): string => words.join(", ");

function Sender({ store, origin: { callId, sender, seq } }: { store: TypesStore; origin: Origin }) {
  if (sender === undefined) return null;
  return <span title={sender}>By {personOf(store.callOf(callId), sender, seq).label}. </span>;
}

function FirstEvent({ store, origin }: { store: TypesStore; origin: Origin }) {
  const { callId, seq, at } = origin;
  return (
    <LinkButton
      title="Show this event in Traffic"
      onClick={() => {
        if (!store.showEvent(callId, seq))
          store.notice.value = "That event isn't in the log anymore";
      }}
    >
      {formatTime(at)}
    </LinkButton>
  );
}

/** Participants who send different shapes of one type, as two versions of an app do. */
export function Splits({ store, shown: { splits } }: Props) {
  if (splits.length === 0) return null;
  return (
    <section class="card" aria-label="Different shapes of one type">
      <h2 title="Participants who always send a field, or a type of value, that others never do. Two versions of the app may be in the room. From 5 messages of each on">
        Different shapes of one type
        <span class="types__dim" title="Fields in which participants differ">
          {formatCount(splits.length)}
        </span>
      </h2>
      <ul class="departures">
        {splits.map((split) => (
          <li key={JSON.stringify([split.kind, split.channel, split.label, split.path])}>
            <span>
              <span class="is-warning">⚠ </span>
              {split.path.length === 0 ? "The value" : <code>{placeText(split.path)}</code>} in{" "}
              <b>{nameOf(split)}</b>
            </span>
            {split.groups.map((group) => (
              <Group key={group.has} store={store} group={group} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Group({
  store,
  group: { has, senders },
}: {
  store: TypesStore;
  group: SenderSplit["groups"][number];
}) {
  const word = { present: "Always", absent: "Never" }[has] ?? has;
  return (
    <span class="types__dim">
      {word}:{" "}
      {senders.map(({ sender, count, first }, index) => (
        <span key={sender}>
          {index > 0 && ", "}
          <span title={`${plural(count, "message")} of this type`}>
            {personOf(store.callOf(first.callId), sender, first.seq).label}
          </span>{" "}
          (<FirstEvent store={store} origin={first} />)
        </span>
      ))}
    </span>
  );
}
