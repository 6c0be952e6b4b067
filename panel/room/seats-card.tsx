import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";

import { compareSeats, type Held, type Holding, seatsIn } from "../../core/delivery/seats-agree";
import { shortId } from "../../core/daily/delivery";
import { isolated, shortText, shortValue } from "../../core/lib/texts";
import type { CallState } from "../../core/session/call-state";
import { labelsApart, localPerson } from "../../core/session/people";
import { toPayload } from "../../extension/protocol/payload";
import { LinkButton } from "../ui/controls";
import { formatCount, formatMs, plural } from "../ui/format";
import { openLevelsOf, PayloadTree } from "../ui/json-tree";
import type { RoomStore } from "./room-store";
import "./seats-card.css";

/** A change takes this long to get everywhere at most, as a rule: no reason to look. */
const NORMAL_MS = 1_000;
/** What differs for longer than this has most likely not only been slow. */
const TROUBLE_MS = 5_000;
/** So often the time that something differs is told again. */
const TICK_MS = 250;
/** More of each kind than this are counted, not listed. */
const MAX_LISTED = 50;

type Props = {
  store: RoomStore;
  call: CallState;
  /** The event after which the room is looked at; infinite for now. */
  moment: number;
  /** Whether the page is still seen, so that its latest moment is now. */
  isFollowed: boolean;
};

/** What the pages of a room that are in view hold, side by side: first where they differ. */
export function SeatsCard({ store, call, moment, isFollowed }: Props) {
  const isNow = moment === Infinity;
  const at = isNow ? Infinity : store.session.value.find(call.callId, moment)?.event.at;
  const seats = at === undefined ? [] : seatsIn(store.session.value.log, call, at);
  const holdings = seats.length > 1 ? compareSeats(seats, at) : [];
  const different = holdings.filter(({ differs }) => differs);
  const equal = holdings.slice(different.length);
  const time = useTime(store, isNow && isFollowed && different.length > 0);
  if (seats.length < 2) return null;
  const names = labelsApart(seats.map((each) => localPerson(each)));
  const shownAt = isNow ? time : (at ?? 0);
  return (
    <section class="card seats-card" aria-label="Seats">
      <h2 title="Session data and user data as the pages of this room in view hold them. Each page gets changes on its own, so for a moment they differ">
        Seats{" "}
        <span class="badge" title="When this is so: the slider above chooses it">
          {isNow ? (isFollowed ? "now" : "end") : `after event #${moment}`}
        </span>
      </h2>
      {different.length > 0 && <Differences {...{ call, names, shownAt }} holdings={different} />}
      <Agreement {...{ call, names }} holdings={equal} hasOthers={different.length > 0} />
    </section>
  );
}

type ListProps = {
  call: CallState;
  names: readonly string[];
  holdings: readonly Holding[];
};

function Differences({ call, names, holdings, shownAt }: ListProps & { shownAt: number }) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  return (
    <div class="seats-card__scroll">
      <table class="seats-card__table" aria-label="What differs">
        <thead>
          <tr>
            <td />
            <th scope="col" title="For how long not all of them have had the same value">
              Differ
            </th>
            {names.map((name) => (
              <th key={name} scope="col" title={`As ${name}’s page has it`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {holdings.slice(0, MAX_LISTED).map((holding) => {
            const key = keyOf(holding);
            const isOpen = key === open;
            const name = nameOf(holding, call);
            return (
              <Fragment key={key}>
                <tr>
                  <th scope="row">
                    <LinkButton
                      aria-expanded={isOpen}
                      title={`${name}\n${isOpen ? "Hide" : "Show"} the values in full`}
                      onClick={() => setOpen(isOpen ? undefined : key)}
                    >
                      {name}
                    </LinkButton>
                  </th>
                  <Age holding={holding} shownAt={shownAt} />
                  {holding.held.map((held, place) => (
                    <td
                      key={names[place]}
                      class="seats-card__value"
                      title={fullText(held, names[place])}
                    >
                      {held ? valueText(held) : "–"}
                    </td>
                  ))}
                </tr>
                {isOpen && (
                  <tr>
                    <td colSpan={2} />
                    {holding.held.map((held, place) => (
                      <td key={names[place]}>{held && <Value held={held} />}</td>
                    ))}
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {holdings.length > MAX_LISTED && (
        <p class="problem">and {plural(holdings.length - MAX_LISTED, "more difference")}</p>
      )}
    </div>
  );
}

function Age({ holding: { differs }, shownAt }: { holding: Holding; shownAt: number }) {
  const { since = 0, isAtLeast = false } = differs ?? {};
  const ms = Math.max(0, shownAt - since);
  const [isNormal, isTrouble] = [ms < NORMAL_MS, ms > TROUBLE_MS];
  const title = isNormal
    ? "Normal: a change takes a moment to reach every page"
    : isTrouble
      ? "Longer than a change should take to reach every page: one of them may have missed it"
      : "Longer than usual; it may still arrive";
  return (
    <td class={`seats-card__age ${isTrouble ? "is-warning" : ""}`} title={title}>
      {isAtLeast ? "at least " : "for "}
      {formatMs(ms)}
    </td>
  );
}

/** What all of them have alike, in one line, and on demand in a list. */
function Agreement({ call, names, holdings, hasOthers }: ListProps & { hasOthers: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const count = names.length === 2 ? "Both seats" : `All ${formatCount(names.length)} seats`;
  if (holdings.length === 0)
    return hasOthers ? null : (
      <p class="problem">{count} are in the call; none of them holds any data.</p>
    );
  return (
    <>
      <p class="seats-card__agree" title={names.join(", ")}>
        {count} agree{hasOthers && " on the rest"}:{" "}
        <LinkButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {partsOf(holdings)}
        </LinkButton>
      </p>
      {isOpen && (
        <ul class="names" aria-label="What is the same">
          {holdings.slice(0, MAX_LISTED).map((holding) => {
            const held = holding.held.find((each) => each !== undefined);
            return (
              <li key={keyOf(holding)}>
                {nameOf(holding, call)}:{" "}
                <code title={fullText(held)}>{held && valueText(held)}</code>
              </li>
            );
          })}
          {holdings.length > MAX_LISTED && (
            <li class="problem">and {formatCount(holdings.length - MAX_LISTED)} more</li>
          )}
        </ul>
      )}
    </>
  );
}

/** `3 keys of session data, user data of 2 participants` */
function partsOf(holdings: readonly Holding[]): string {
  const keys = holdings.filter(({ subject }) => subject.kind === "session-data").length;
  const people = holdings.length - keys;
  return [
    keys > 0 && `${plural(keys, "key")} of session data`,
    people > 0 && `user data of ${plural(people, "participant")}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function Value({ held: { value } }: { held: Held }) {
  if (value === undefined) return <span class="problem">none</span>;
  const payload = toPayload(value);
  return <PayloadTree key={openLevelsOf(payload)} payload={payload} />;
}

const valueText = ({ value }: Held): string => (value === undefined ? "none" : shortValue(value));

/** Characters of a tooltip. */
const MAX_TITLE = 500;

function fullText(held: Held | undefined, name = "This page"): string {
  if (!held) return `${name}’s page doesn’t list this participant`;
  return held.value === undefined ? "None" : shortText(toPayload(held.value).json, MAX_TITLE);
}

const keyOf = ({ subject }: Holding): string =>
  subject.kind === "session-data" ? `session ${subject.key}` : `user ${subject.sessionId}`;

const MAX_KEY = 40;

function nameOf({ subject }: Holding, { history }: CallState): string {
  if (subject.kind === "session-data") return shortText(subject.key, MAX_KEY);
  const person = history.people.people.get(subject.sessionId);
  const name = isolated(person?.participant.user_name || shortId(subject.sessionId));
  return `${name}’s user data`;
}

/** The page's time in epoch ms; goes on while it is needed. */
function useTime({ pageNow, now, isLive }: RoomStore, isRunning: boolean): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return isLive.value ? pageNow() : now.value;
}
