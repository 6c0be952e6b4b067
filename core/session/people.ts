import { type PeopleTracker, versionAt } from "../daily/people-tracker";
import { shortId, specialSender } from "../daily/delivery";
import { isolated, shortText, withoutIsolates } from "../lib/texts";
import type { CallState } from "./call-state";

/** A person or sender as shown: never empty. */
export type PersonLabel = {
  readonly name: string;
  /** The name as it is shown: the page's own participant is marked as such. */
  readonly label: string;
  readonly id: string;
  readonly isKnown: boolean;
};

/**
 * Who a session id, `"*"` or one of Daily's special senders is, as far as the call knows by now. With the number of an
 * event they are called what they were called then.
 */
export function personOf(call: CallState | undefined, id: string, seq = Infinity): PersonLabel {
  if (id === "*") return asKnown("Everyone", id);
  const special = specialSender(id);
  if (special) return asKnown(special, id);
  const known = call?.history.people.people.get(id);
  if (!known) {
    const name = isolated(shortId(id)) || "(no one)";
    return { name, label: name, id, isKnown: false };
  }
  const { name: then } = versionAt(known.names, seq) ?? known.names[0] ?? { name: "" };
  const name = isolated(then || shortId(id));
  const isYou = known.participant.local && isYours(call);
  return { ...asKnown(name, id), ...(isYou && { label: `${name} (you)` }) };
}

/** Whether the page of a call is the user's own, as far as one is. */
export const isYours = (call: CallState | undefined): boolean =>
  call?.isOfSeat !== true && call?.isOneOfSeveral !== true;

/** A person whose label is the name. */
export const asKnown = (name: string, id = ""): PersonLabel => ({
  name,
  label: name,
  id,
  isKnown: true,
});

/** The page's own participant. Before the first join it has neither id nor name. */
export function localPerson(call: CallState | undefined, seq = Infinity): PersonLabel {
  const id = call?.history.people.localId();
  return id === undefined ? asKnown("You") : personOf(call, id, seq);
}

/** A session id that the page of a call had, from the event with this number on. */
type OwnId = { readonly id: string; readonly fromSeq: number };
const ownIds = new WeakMap<PeopleTracker, { size: number; ids: readonly OwnId[] }>();

/** The session ids that the page of a call has had so far: another one for each join. */
export function ownIdsOf({ history: { people: tracker } }: CallState): readonly OwnId[] {
  let known = ownIds.get(tracker);
  if (known?.size !== tracker.people.size) {
    const ids = [...tracker.people.values()]
      .filter(({ participant }) => participant.local)
      .map(({ sessionId, stays }) => ({ id: sessionId, fromSeq: stays[0]?.fromSeq ?? 0 }));
    ownIds.set(tracker, (known = { size: tracker.people.size, ids }));
  }
  return known.ids;
}

/** The session id that the page of a call had at the event with this number; undefined before its first join. */
export const ownIdAt = (call: CallState | undefined, seq: number): string | undefined =>
  call && ownIdsOf(call).findLast(({ fromSeq }) => fromSeq <= seq)?.id;

/** What to call the page of a seat, as the place that something is sent from: `Bob’s tab`. */
export const tabOf = (call: CallState): string => `${localPerson(call).name}’s tab`;

/** Recipients of an app message as given to `sendAppMessage()`. */
export function recipientsOf(
  call: CallState | undefined,
  to: string | readonly string[] | undefined,
  seq = Infinity,
): PersonLabel[] {
  const ids = to === undefined ? ["*"] : typeof to === "string" ? [to] : to;
  return ids.map((id) => personOf(call, id, seq));
}

/** Labels of people who are shown side by side: with their session ids where a label alone could mean two of them. */
export function labelsApart(people: readonly PersonLabel[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of people) counts.set(label, (counts.get(label) ?? 0) + 1);
  return people.map(({ label, id }) =>
    counts.get(label) === 1 || id === "" ? label : `${label} · ${shortId(id)}`,
  );
}

/** Whether a session id is of someone with this name, user id or session id, as far as a call knows. */
export function isNamed(name: string, sessionId: string, call: CallState | undefined): boolean {
  if (sessionId === "") return false;
  const person = call?.history.people.people.get(sessionId);
  return (
    name === sessionId ||
    name === person?.participant.user_id ||
    (person?.names.some((each) => each.name === name) ?? false) ||
    (!person && name === withoutIsolates(personOf(call, sessionId).name))
  );
}

/** Daily's session ids have this form. */
const SESSION_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The session id of someone in a call by name, user id or session id (of several, of who came last), or `"*"` for
 * everyone. A session id that was never seen is taken as it is. Throws an Error with a sentence for anything else.
 */
export function sessionIdOf(whom: string, call: CallState): string {
  const { people } = call.history.people;
  const known = [...people.keys()].findLast((id) => isNamed(whom, id, call));
  if (known !== undefined) return known;
  if (whom === "*" || SESSION_ID.test(whom)) return whom;
  const names = [...people.values()]
    .filter(({ stays }) => stays.at(-1)?.toSeq === undefined)
    .map(({ sessionId }) => withoutIsolates(personOf(call, sessionId).name));
  const there = names.length === 0 ? "No one is in the call" : `In the call: ${names.join(", ")}`;
  throw new Error(`No one has the name or id ${JSON.stringify(shortText(whom, 60))}. ${there}.`);
}
