// What there is to see of a turn: whether it is worth a line, who says it, and its text in pieces.
import { shortId } from "../daily/delivery";
import { withoutIsolates } from "../lib/texts";
import type { CallState } from "../session/call-state";
import { personOf } from "../session/people";
import type { Turn } from "./turn";
import type { Line } from "./turns";

/** A turn, or something beside the turns. */
export type Item = Turn | Line;

/** What was found out of a turn, as of its revision. */
const shownTurns = new WeakMap<Turn, { readonly revision: number; readonly isShown: boolean }>();

/** Whether there is anything to see of it. A model that began and came to nothing isn't a turn to look at. */
export function isShown(item: Item): boolean {
  if (item.kind === "line") return true;
  const { revision, role, times, functionCalls, interrupted, isSpeaking } = item;
  const before = shownTurns.get(item);
  if (before?.revision === revision) return before.isShown;
  const spoke =
    isSpeaking || (role === "user" ? times.stoppedAt : times.firstAudioAt) !== undefined;
  const shown =
    spoke || functionCalls.length > 0 || interrupted !== undefined || item.said().text !== "";
  shownTurns.set(item, { revision, isShown: shown });
  return shown;
}

/** Who says a turn: a name where one is told, and the role. */
export function speakerOf(
  { role, speaker, entries }: Turn,
  call: CallState | undefined,
): { readonly name: string; readonly role: string } {
  const side = role === "user" ? "User" : "Bot";
  if (speaker.name !== undefined && speaker.name !== "") return { name: speaker.name, role: side };
  if (speaker.id === undefined || speaker.id === "") return { name: side, role: side };
  const person = personOf(call, speaker.id, entries[0]?.event.seq);
  const name = withoutIsolates(person.name);
  // The id of someone without a name says less than the role.
  const isNamed = person.isKnown && name !== shortId(speaker.id);
  return { name: isNamed ? name : side, role: side };
}

/** The text of a turn in its pieces: said, not said because it was cut, and not final yet. */
export function piecesOf(turn: Turn): {
  readonly said: string;
  readonly unsaid: string;
  readonly interim: string;
} {
  const { text, finalChars } = turn.said();
  const chars = turn.interrupted?.chars;
  const end = chars === undefined ? finalChars : Math.min(chars, finalChars);
  return {
    said: text.slice(0, end),
    unsaid: chars === undefined ? "" : text.slice(end),
    interim: chars === undefined ? text.slice(finalChars) : "",
  };
}
