import type { CommandAction } from "../../extension/protocol/command";
import { parseJson, type Payload } from "../../extension/protocol/payload";
import { prettyJson, sameJson } from "../lib/json";
import type { SessionData } from "../daily/merge";
import { roomAhead } from "../daily/room-ahead";
import { changedSince } from "../daily/three-way";
import type { UserDataWrite } from "../daily/user-data-tracker";
import type { CallHistory } from "./call-history";
import { valueOf } from "./change";

/** A text of one's user data, and the user data as it was when the text was started. */
type OwnEdit = { readonly text: string; readonly seen: SessionData | undefined };

/** What a call has as its own user data, a value included that is on its way or kept for the next join. */
export function ownUserData({ people, userData }: CallHistory): Payload | undefined {
  const version = people.people.get(people.localId() ?? "")?.versions.at(-1);
  let last: UserDataWrite | undefined;
  for (const write of userData.writes.values()) if (isAsked(write)) last = write;
  const payload = last && last.seq > (version?.seq ?? 0) ? last.payload : version?.payload;
  return payload?.json ? payload : undefined;
}

/** A draft of one's user data as it is, with that to tell later whether it has changed since. */
export function ownEdit(history: CallHistory): OwnEdit | undefined {
  const own = ownUserData(history);
  return own && { text: prettyJson(own.json), seen: seenOf(own) };
}

/** Whether one's user data is another than when an edit of it was started, and than what the edit says. */
export function hasOwnChanged(
  { seen }: Pick<OwnEdit, "seen">,
  json: string | undefined,
  history: CallHistory,
): boolean {
  if (!seen) return false;
  const parsed = json === undefined ? undefined : parseJson(json);
  const mine = parsed?.ok
    ? ({ strategy: "replace", data: { [OWN]: parsed.value }, keysToDelete: [] } as const)
    : undefined;
  return changedSince({ base: seen, mine, theirs: seenOf(ownUserData(history)) }).length > 0;
}

/**
 * Why there is nothing to set: it says what the state is already. Undefined when there is something. `whose`: the user
 * data, in a sentence.
 */
export function whyNothingToSet(
  action: CommandAction,
  history: CallHistory,
  whose = "your",
): string | undefined {
  if (!("json" in action) || action.json === null) return undefined;
  const parsed = parseJson(action.json);
  if (!parsed.ok) return undefined;
  const isState = (state: unknown) => sameJson(parsed.value, state);
  if (action.kind === "set-user-data") {
    const own = ownUserData(history);
    return own && isState(valueOf(own))
      ? `This is ${whose} user data already. Change it to set it.`
      : undefined;
  }
  if (action.kind !== "set-meeting-session-data" || action.mergeStrategy !== "replace")
    return undefined;
  const { session } = history;
  return session.versions.length > 0 && isState(roomAhead(session))
    ? "This is the session data already. Change it to set it."
    : undefined;
}

/** User data may be any value; what a draft has seen, and what is merged, is by keys. */
const OWN = "own";
const seenOf = (own: Payload | undefined) => ({ [OWN]: valueOf(own) });

/** Whether a value was asked for and neither refused nor given up. */
const isAsked = ({ fate }: UserDataWrite): boolean =>
  fate.kind !== "refused" && !(fate.kind === "stored" && fate.isReplaced === true);
