import { dataOf } from "../../core/daily/session-tracker";
import { shortId } from "../../core/daily/delivery";
import { valueOf } from "../../core/session/change";
import type { RoomAt } from "../../core/session/room-at";

/** A room as plain data, to be compared: people by their names, because session ids differ from one session to the next. */
export type RoomValue = {
  readonly session: unknown;
  /** The user data of everyone present; null for none. */
  readonly people: Readonly<Record<string, unknown>>;
};

export function roomValue({ session, people }: RoomAt): RoomValue {
  const present = people.filter(({ isPresent }) => isPresent);
  const names = present.map(({ person }) => person.participant.user_name ?? "");
  const entries = present.map(({ person, userData }, place): [string, unknown] => {
    const name = names[place] ?? "";
    const isUnique = name !== "" && names.indexOf(name) === names.lastIndexOf(name);
    const key = isUnique ? name : `${name} ${shortId(person.sessionId)}`.trim();
    return [key, valueOf(userData) ?? null];
  });
  return { session: dataOf(session), people: Object.fromEntries(entries) };
}
