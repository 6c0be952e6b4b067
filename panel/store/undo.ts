import type { CommandAction } from "../../extension/protocol/command";
import { smallestUpdate } from "../domain/merge";
import { dataOf } from "../domain/session-tracker";
import type { CallState } from "./call-state";
import type { SentCommand } from "./commands";
import type { Entry } from "./session-log";

export type Undo =
  | { readonly ok: true; readonly action: CommandAction }
  | { readonly ok: false; readonly reason: string };

/** What would take back a command of the panel, while nothing has changed its target since; else why it cannot. */
export function undoOf(
  { action }: SentCommand,
  outcome: Entry | undefined,
  call: CallState | undefined,
): Undo {
  if (!outcome || !call) return { ok: false, reason: "It has not come back from the page yet." };
  const { session, people } = call.history;
  switch (action.kind) {
    case "send-app-message":
    case "receive-app-message":
      return { ok: false, reason: "A message cannot be taken back." };
    case "set-meeting-session-data": {
      const write = session.writes.get(outcome.event.seq);
      if (!write) return { ok: false, reason: "It did not come to a write." };
      if (write.fate.kind !== "synced")
        return { ok: false, reason: NOT_IN_THE_ROOM[write.fate.kind] };
      const current = session.versions.at(-1);
      if (current?.seq !== write.fate.by)
        return { ok: false, reason: "The room has changed since, so this could undo that, too." };
      if (session.waiting.length > 0)
        return {
          ok: false,
          reason: "Another write waits for the sync: undo once it is in the room.",
        };
      const before = dataOf(write.base);
      const { data, keysToDelete } = smallestUpdate(dataOf(current), before);
      const json = JSON.stringify(data);
      return {
        ok: true,
        action: { kind: action.kind, json, mergeStrategy: "shallow-merge", keysToDelete },
      };
    }
    case "set-user-data": {
      const { userData } = call.history;
      const fate = userData.writes.get(outcome.event.seq)?.fate.kind ?? "refused";
      if (fate !== "set") return { ok: false, reason: NOT_SET[fate] };
      const versions = people.people.get(people.localId() ?? "")?.versions ?? [];
      const made = versions.findIndex(({ seq }) => seq > outcome.event.seq);
      if (made < 0 || (versions[made]?.payload?.json ?? null) !== action.json) {
        return { ok: false, reason: "It has not come back as the user data of this page." };
      }
      if (made !== versions.length - 1)
        return { ok: false, reason: "The user data has changed since." };
      return {
        ok: true,
        action: { kind: action.kind, json: versions[made - 1]?.payload?.json ?? null },
      };
    }
  }
}

const NOT_IN_THE_ROOM = {
  refused: "It was refused, so there is nothing to undo.",
  nothing: "It changed nothing, so there is nothing to undo.",
  queued: "It waits for the next sync: undo it once it is in the room.",
  coalesced: "It went out merged with a later write, which would be undone with it.",
  overwritten: "The room has changed since: somebody else wrote over it.",
  failed: "The room did not take it, so there is nothing to undo.",
  lost: "The page left before it went out, so there is nothing to undo.",
  unconfirmed: "No state of the room ever showed it, so what it changed is not known.",
} as const;

const NOT_SET = {
  refused: "It was refused, so there is nothing to undo.",
  pending: "It has not settled yet.",
  stored: "It is only stored for the next join: set another value instead.",
  silent: "It was the user data already, so there is nothing to undo.",
} as const;
