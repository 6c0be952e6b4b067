import type { Payload } from "../../extension/protocol/payload";
import type { UserDataWrite } from "../domain/user-data-tracker";
import type { CallHistory } from "./call-history";

/** What a call has as its own user data, a value included that is on its way or kept for the next join. */
export function ownUserData({ people, userData }: CallHistory): Payload | undefined {
  const version = people.people.get(people.localId() ?? "")?.versions.at(-1);
  let last: UserDataWrite | undefined;
  for (const write of userData.writes.values()) if (isAsked(write)) last = write;
  const payload = last && last.seq > (version?.seq ?? 0) ? last.payload : version?.payload;
  return payload?.json ? payload : undefined;
}

/** Whether a value was asked for and neither refused nor given up. */
const isAsked = ({ fate }: UserDataWrite): boolean =>
  fate.kind !== "refused" && !(fate.kind === "stored" && fate.isReplaced === true);
