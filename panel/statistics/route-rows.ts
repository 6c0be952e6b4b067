import type { DataChannel } from "../../core/daily/limits";
import type { Condition, DeliveredTest } from "../../core/filter/language/filter-keys";
import { printFilter } from "../../core/filter/language/print-filter";
import { channelWord } from "../../core/filter/term-matcher";
import { withoutIsolates } from "../../core/lib/texts";
import type { CallState } from "../../core/session/call-state";
import { labelsApart, localPerson, type PersonLabel } from "../../core/session/people";
import { type Route, sentOn } from "./routes";

/** A route as it is shown. */
export type RouteRow = {
  readonly route: Route;
  readonly key: string;
  /** Who sent and who received, so that no two of them look the same. */
  readonly from: string;
  readonly to: string;
  /** All that is known of, whatever became of it. */
  readonly sent: number;
  /** What a filter finds this route's messages by; those with such an outcome only, where one is given. */
  filterBy(outcomes?: readonly DeliveredTest[]): string;
};

type CallOf = (callId: string) => CallState | undefined;

/** The routes of one channel: those of the inspected page first, then by name. */
export function routeRows(
  routes: ReadonlyMap<string, Route>,
  channel: DataChannel,
  callOf: CallOf,
): RouteRow[] {
  const named = nameCalls(routes.values(), callOf);
  return [...routes]
    .flatMap(([key, route]): RouteRow[] => {
      const [from, to, sent] = [named.get(route.from), named.get(route.to), sentOn(route)];
      if (route.channel !== channel || !from || !to || sent === 0) return [];
      const filterBy = (outcomes: readonly DeliveredTest[] = []) =>
        filterOf(channel, from.word, to.word, outcomes);
      return [{ route, key, from: from.label, to: to.label, sent, filterBy }];
    })
    .sort((a, b) => rankOf(a, named) - rankOf(b, named));
}

type Named = { readonly label: string; readonly word: string; readonly rank: number };

function rankOf({ route }: RouteRow, named: ReadonlyMap<string, Named>): number {
  const rank = (callId: string) => named.get(callId)?.rank ?? 0;
  return rank(route.from) * named.size + rank(route.to);
}

function nameCalls(routes: Iterable<Route>, callOf: CallOf): ReadonlyMap<string, Named> {
  const ids = new Set([...routes].flatMap(({ from, to }) => [from, to]));
  const people = [...ids]
    .map((callId) => ({ callId, call: callOf(callId), person: localPerson(callOf(callId)) }))
    .sort(
      (a, b) =>
        Number(a.call?.isOfSeat) - Number(b.call?.isOfSeat) ||
        a.person.name.localeCompare(b.person.name),
    );
  const labels = labelsApart(people.map(({ person }) => person));
  return new Map(
    people.map(({ callId, call, person }, rank) => [
      callId,
      { label: labels[rank] ?? person.label, word: wordFor(person, call), rank },
    ]),
  );
}

/** The name, unless it is a part of someone else's in the call: then the session id. */
function wordFor({ name, id }: PersonLabel, call: CallState | undefined): string {
  const word = withoutIsolates(name);
  const isShared = [...(call?.history.people.people.values() ?? [])].some(
    ({ sessionId, participant }) =>
      sessionId !== id && (participant.user_name ?? "").toLowerCase().includes(word.toLowerCase()),
  );
  return isShared || word === "" ? id : word;
}

/** What one page sent, and for app messages to whom: session data and user data go to everyone. */
function filterOf(
  channel: DataChannel,
  from: string,
  to: string,
  outcomes: readonly DeliveredTest[],
): string {
  const conditions: Condition[] = [
    { key: "seat", values: [from] },
    { key: "dir", values: ["out"] },
    { key: "channel", values: [channelWord(channel)] },
  ];
  if (channel === "app-message") conditions.push({ key: "to", values: [to] });
  if (outcomes.length > 0) conditions.push({ key: "delivered", values: outcomes });
  return printFilter(conditions.map((condition) => ({ isNegated: false, condition })));
}
