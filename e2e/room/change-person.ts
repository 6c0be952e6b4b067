import type { RoomPerson } from "./wire";

/** The same person with something changed. User data set to `undefined` is user data that is gone. */
export function changePerson(person: RoomPerson, change: Partial<RoomPerson>): RoomPerson {
  const { userData, ...rest } = { ...person, ...change };
  return { ...rest, ...(userData !== undefined && { userData }) };
}
