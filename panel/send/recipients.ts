import { isolated } from "../../core/lib/texts";
import { isPresent } from "../../core/daily/people-tracker";
import { shortId } from "../../core/daily/delivery";
import type { CallState } from "../../core/session/call-state";
import type { MessageDraft } from "../session/draft";
import { personOf } from "../../core/session/people";

/** No id of Daily's is nearly as long; what is longer was pasted by mistake. */
const MAX_ID = 300;
/** So many characters of ids can be typed or pasted at once. */
export const MAX_IDS_TEXT = 5_000;

/** The ids in a typed or pasted text, whatever stands between and around them: `"5c3…", '7d1…'`. */
export function idsIn(text: string): string[] {
  const ids = text.slice(0, MAX_IDS_TEXT).split(/[\s,;"'`[\]]+/);
  return [...new Set(ids.filter((id) => id !== ""))];
}

/** Why typed ids cannot be sent to; undefined when they can. What isn't an id must not make it a message to everyone. */
export function whyNotTo(toText: string): string | undefined {
  const ids = idsIn(toText);
  if (ids.some((id) => id.length > MAX_ID))
    return `A session id has at most ${MAX_ID} characters: shorten what is typed there, or empty the field.`;
  return ids.length === 0 && toText.trim() !== ""
    ? "What is typed as a session id is none: empty the field to send to everyone chosen."
    : undefined;
}

/** To whom a draft goes: those who were chosen, and those whose ids are typed. None means everyone, as `*` does. */
export function recipientsIn({
  to,
  toText,
}: Pick<MessageDraft, "to" | "toText">): readonly string[] {
  const all = new Set([...to, ...idsIn(toText)]);
  return all.has("*") ? [] : [...all];
}

/** Everyone else who is in the call now. */
export const othersOf = ({ history }: CallState) =>
  [...history.people.people.values()].filter(
    (person) => !person.participant.local && isPresent(person, Infinity),
  );

/** Fewer characters than these are in the session id of nearly everyone. */
const MIN_ID_PART = 4;

/** Those of some people who have a text in their name, in whatever case, or whose session id it begins. */
export function matchingPeople<P extends { readonly sessionId: string }>(
  call: CallState,
  people: readonly P[],
  search: string,
): readonly P[] {
  const wanted = search.trim().toLowerCase();
  return people.filter(
    ({ sessionId }) =>
      nameOf(call, sessionId).toLowerCase().includes(wanted) ||
      (wanted.length >= MIN_ID_PART && sessionId.toLowerCase().startsWith(wanted)),
  );
}

/** Why a message to this id may reach no one, in words that follow the name; undefined when its owner is in the call. */
export function doubtAbout(call: CallState, id: string): string | undefined {
  const others = othersOf(call);
  if (others.some(({ sessionId }) => sessionId === id)) return undefined;
  if (id === call.history.people.localId()) return "your own session id";
  if (call.history.people.people.has(id)) return "has left";
  const owner = others.find(({ participant }) => participant.user_id === id);
  if (owner) return `a user id of ${personOf(call, owner.sessionId).label}`;
  return "no one has this session id";
}

/** Who of a draft's recipients may not get it, as a sentence for beside the button; undefined when all are there. */
export function doubtsAbout(call: CallState, ids: readonly string[]): string | undefined {
  const doubts = ids.flatMap((id) => {
    const doubt = doubtAbout(call, id);
    return doubt === undefined ? [] : [`${nameOf(call, id)}: ${doubt}`];
  });
  const [first] = doubts;
  if (first === undefined) return undefined;
  return doubts.length === 1
    ? `${first}.`
    : `${first}, and ${doubts.length - 1} more who may not get it.`;
}

/** What to call a recipient: the name, even of someone who has left. */
export const nameOf = (call: CallState, id: string): string =>
  isolated(call.history.people.people.get(id)?.participant.user_name || shortId(id));
