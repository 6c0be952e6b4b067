import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { applyUpdate } from "../domain/merge";
import { versionAt } from "../domain/people-tracker";
import { readSessionData } from "../domain/read-session-data";
import { dataOf } from "../domain/session-tracker";
import type { CallHistory } from "./call-history";
import type { Entry } from "./session-log";

/** The state that an entry is about, before and after it. */
export type StateChange = {
  /** What the state is: the words of a heading. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether `after` is what the panel expects rather than what a later event showed. */
  readonly isExpected: boolean;
};

/** What an entry changes; undefined for entries that change neither session data nor user data. */
export function changeOf({ event }: Entry, history: CallHistory): StateChange | undefined {
  const { session, people, userData } = history;
  if (event.kind === "method-called") {
    const write = session.writes.get(event.seq);
    if (write) {
      const before = write.before
        ? applyUpdate(dataOf(write.base), write.before)
        : dataOf(write.base);
      const isExpected = write.fate.kind === "queued";
      return {
        subject: "Session data",
        before,
        after: applyUpdate(before, write.update),
        isExpected,
      };
    }
    if (event.method !== "setUserData") return undefined;
    const local = people.people.get(people.localId() ?? "");
    const before = valueOf(versionAt(local?.versions ?? [], event.seq)?.payload);
    const isExpected = userData.writes.get(event.seq)?.fate.kind === "pending";
    return { subject: "Own user data", before, after: valueOf(event.payload), isExpected };
  }
  if (event.kind !== "daily-event") return undefined;
  if (event.name === "meeting-session-state-updated" && event.payload) {
    const before = dataOf(versionAt(session.versions, event.seq - 1));
    return {
      subject: "Session data",
      before,
      after: readSessionData(event.payload),
      isExpected: false,
    };
  }
  if (event.name === "participant-updated" && event.changed.includes("userData")) {
    const person = people.people.get(event.participant.session_id);
    const before = valueOf(versionAt(person?.versions ?? [], event.seq - 1)?.payload);
    const name = event.participant.user_name ?? event.participant.session_id;
    return {
      subject: `User data of ${name}`,
      before,
      after: valueOf(event.payload),
      isExpected: false,
    };
  }
  return undefined;
}

/** The value of a payload; undefined when it has none. */
export function valueOf(payload: Payload | undefined): unknown {
  const parsed = payload && parsePayload(payload);
  return parsed?.ok ? parsed.value : undefined;
}
